/** Slack's shortcodes for the emoji that sales apps, bots and people use most; an unknown one stays as its text. */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|1234 🔢|adult 🧑|airplane ✈️|alarm_clock ⏰|alien 👽|anger 💢|angry 😠
apple 🍎|arrow_down ⬇️|arrow_down_small 🔽|arrow_forward ▶️|arrow_left ⬅️|arrow_lower_right ↘️|arrow_right ➡️|arrow_up ⬆️
arrow_up_small 🔼|arrow_upper_right ↗️|arrows_counterclockwise 🔄|art 🎨|astonished 😲|baby_chick 🐤|bank 🏦|bar_chart 📊
battery 🔋|beach_with_umbrella 🏖️|bear 🐻|beer 🍺|beers 🍻|bell 🔔|no_bell 🔕|bike 🚲|bird 🐦|birthday 🎂|black_circle ⚫
large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|large_purple_circle 🟣|red_circle 🔴
white_circle ⚪|blossom 🌼|blue_heart 💙|blush 😊|book 📖|bookmark 🔖|books 📚|boom 💥|bouquet 💐|bow 🙇|brain 🧠|briefcase 💼
broken_heart 💔|bug 🐛|building_construction 🏗️|bulb 💡|bus 🚌|bust_in_silhouette 👤|busts_in_silhouette 👥|cactus 🌵|cake 🍰
calendar 📆|date 📅|spiral_calendar_pad 🗓️|call_me_hand 🤙|camera 📷|candle 🕯️|car 🚗|card_index 📇|card_index_dividers 🗂️
cat 🐱|chart 💹|chart_with_downwards_trend 📉|chart_with_upwards_trend 📈|white_check_mark ✅|heavy_check_mark ✔️
ballot_box_with_check ☑️|checkered_flag 🏁|cherry_blossom 🌸|clap 👏|clipboard 📋|clock1 🕐|clock3 🕒|clock9 🕘|clock12 🕛
closed_book 📕|cloud ☁️|coffee ☕|collision 💥|compass 🧭|computer 💻|confetti_ball 🎊|confused 😕|construction 🚧|cookie 🍪
cool 🆒|credit_card 💳|crossed_fingers 🤞|crown 👑|cry 😢|crystal_ball 🔮|dancer 💃|dart 🎯|dash 💨|desktop_computer 🖥️
direct_hit 🎯|disappointed 😞|dizzy 💫|dog 🐶|dollar 💵|door 🚪|dove_of_peace 🕊️|e-mail 📧|email 📧|envelope ✉️
envelope_with_arrow 📩|inbox_tray 📥|outbox_tray 📤|incoming_envelope 📨|mailbox 📫|mailbox_with_mail 📬|ear 👂
earth_africa 🌍|earth_americas 🌎|eight 8️⃣|exclamation ❗|heavy_exclamation_mark ❗|expressionless 😑|eyes 👀|eye 👁️
face_with_monocle 🧐|facepalm 🤦|factory 🏭|fallen_leaf 🍂|fast_forward ⏩|file_cabinet 🗄️|file_folder 📁
open_file_folder 📂|fire 🔥|firecracker 🧨|fireworks 🎆|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|five 5️⃣
flag-us 🇺🇸|flag-gb 🇬🇧|flag-de 🇩🇪|flag-fr 🇫🇷|flashlight 🔦|floppy_disk 💾|flushed 😳|four 4️⃣|four_leaf_clover 🍀
gear ⚙️|gem 💎|ghost 👻|gift 🎁|globe_with_meridians 🌐|goal_net 🥅|green_heart 💚|grey_question ❔|grin 😁|grinning 😀
hammer 🔨|hammer_and_wrench 🛠️|handshake 🤝|hash #️⃣|headphones 🎧|hear_no_evil 🙉|heart ❤️|heart_eyes 😍|heartbeat 💓
heavy_division_sign ➗|heavy_minus_sign ➖|heavy_plus_sign ➕|hourglass ⌛|hourglass_flowing_sand ⏳|house 🏠|hugging_face 🤗
hushed 😯|information_source ℹ️|innocent 😇|joy 😂|key 🔑|keycap_ten 🔟|knot 🪢|label 🏷️|ladder 🪜|laptop 💻|laughing 😆
leaves 🍃|ledger 📒|left_speech_bubble 🗨️|lightning ⚡|zap ⚡|link 🔗|linked_paperclips 🖇️|lock 🔒|closed_lock_with_key 🔐
unlock 🔓|loudspeaker 📢|mega 📣|mag 🔍|mag_right 🔎|magic_wand 🪄|magnet 🧲|memo 📝|pencil 📝|pencil2 ✏️|microphone 🎤
studio_microphone 🎙️|milky_way 🌌|money_with_wings 💸|moneybag 💰|money_mouth_face 🤑|moon 🌔|mountain ⛰️|muscle 💪
mute 🔇|speaker 🔊|neutral_face 😐|new 🆕|newspaper 📰|nine 9️⃣|no_entry ⛔|no_entry_sign 🚫|no_good 🙅|notebook 📓
octagonal_sign 🛑|office 🏢|ok 🆗|ok_hand 👌|one 1️⃣|open_hands 👐|orange_heart 🧡|owl 🦉|package 📦|page_facing_up 📄
page_with_curl 📃|paperclip 📎|partly_sunny ⛅|party_popper 🎉|tada 🎉|partying_face 🥳|pause_button ⏸️|double_vertical_bar ⏸️
play_or_pause_button ⏯️|pensive 😔|penguin 🐧|phone ☎️|telephone ☎️|telephone_receiver 📞|calling 📲|iphone 📱|pizza 🍕
point_down 👇|point_left 👈|point_right 👉|point_up ☝️|point_up_2 👆|postbox 📮|pray 🙏|printer 🖨️|purple_heart 💜|pushpin 📌
round_pushpin 📍|puzzle_piece 🧩|jigsaw 🧩|question ❓|rabbit 🐰|rage 😡|rainbow 🌈|raised_hand ✋|hand ✋|raised_hands 🙌
receipt 🧾|recycle ♻️|relaxed ☺️|relieved 😌|repeat 🔁|restroom 🚻|rewind ⏪|robot_face 🤖|robot 🤖|rocket 🚀|rose 🌹
rotating_light 🚨|runner 🏃|running 🏃|sailboat ⛵|salt 🧂|satellite_antenna 📡|saluting_face 🫡|scales ⚖️|school 🏫
scissors ✂️|scroll 📜|see_no_evil 🙈|seedling 🌱|seven 7️⃣|shield 🛡️|ship 🚢|shopping_trolley 🛒|shrug 🤷|six 6️⃣|skull 💀
sleeping 😴|zzz 💤|sleuth_or_spy 🕵️|slightly_frowning_face 🙁|slightly_smiling_face 🙂|small_blue_diamond 🔹
small_orange_diamond 🔸|small_red_triangle 🔺|small_red_triangle_down 🔻|smile 😄|smiley 😃|smirk 😏|snail 🐌|snowflake ❄️
snowman ⛄|sob 😭|soon 🔜|sos 🆘|sparkle ❇️|sparkles ✨|sparkling_heart 💖|speak_no_evil 🙊|speech_balloon 💬|thought_balloon 💭
spider_web 🕸️|star ⭐|star2 🌟|star-struck 🤩|stars 🌠|stethoscope 🩺|stop_sign 🛑|stopwatch ⏱️|timer_clock ⏲️
straight_ruler 📏|sun_with_face 🌞|sunflower 🌻|sunglasses 😎|sunny ☀️|sunrise 🌅|sweat 😓|sweat_smile 😅|sweat_drops 💦
table_tennis_paddle_and_ball 🏓|taxi 🚕|tea 🍵|technologist 🧑‍💻|test_tube 🧪|thermometer 🌡️|thinking_face 🤔|three 3️⃣
ticket 🎫|tired_face 😫|toolbox 🧰|top 🔝|tractor 🚜|train 🚋|traffic_light 🚥|vertical_traffic_light 🚦|triangular_flag_on_post 🚩
trophy 🏆|truck 🚚|turtle 🐢|two 2️⃣|two_hearts 💕|umbrella ☔|unamused 😒|up 🆙|upside_down_face 🙃|v ✌️|vibration_mode 📳
video_camera 📹|movie_camera 🎥|clapper 🎬|warning ⚠️|wastebasket 🗑️|watch ⌚|wave 👋|wavy_dash 〰️|weary 😩|whale 🐳
white_large_square ⬜|black_large_square ⬛|large_blue_square 🟦|large_green_square 🟩|large_red_square 🟥|wink 😉|wolf 🐺
woman-shrugging 🤷‍♀️|man-shrugging 🤷‍♂️|woman-raising-hand 🙋‍♀️|man-raising-hand 🙋‍♂️|raising_hand 🙋|world_map 🗺️|worried 😟
wrench 🔧|writing_hand ✍️|x ❌|negative_squared_cross_mark ❎|yellow_heart 💛|yum 😋|zero 0️⃣|zipper_mouth_face 🤐|zany_face 🤪
`;

const SKIN_TONES = [null, null, "🏻", "🏼", "🏽", "🏾", "🏿"];
const TAKES_TONE = /\p{Emoji_Modifier_Base}/u;

let table = null;

function glyphs() {
  table ??= new Map(
    TABLE.trim()
      .split(/[\n|]/)
      .map((row) => {
        const cut = row.indexOf(" ");
        return [row.slice(0, cut), row.slice(cut + 1)];
      }),
  );
  return table;
}

export const hasEmoji = (name) => glyphs().has(name);
export const emojiNames = () => [...glyphs().keys()];

/** @returns {string} the character, or `:name:` when the table does not know it */
export function emojiText(name, tone) {
  const glyph = glyphs().get(name);
  if (!glyph) return `:${name}:`;
  const modifier = SKIN_TONES[tone ?? 0];
  return modifier && TAKES_TONE.test(glyph) ? glyph.replace("\uFE0F", "") + modifier : glyph;
}

/** plain_text objects may carry shortcodes, too. */
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => (hasEmoji(name) ? emojiText(name) : whole));
