/** The bar that appears over a message: react, reply, copy the link, and the apps' message shortcuts. */
import { attachMenu } from "../blockkit/menu.js";
import { openPopover } from "../blockkit/popover.js";
import { confirmDialog } from "../blockkit/confirm.js";
import { h, replaceContent } from "../core/dom.js";
import { toolButton } from "../core/tool_button.js";
import { emojiNames, emojiText } from "../text/emoji.js";
import { decode } from "../text/mrkdwn.js";
import { promptDialog } from "./prompt.js";

const FOUND = 48;
const QUICK = [
  "+1",
  "eyes",
  "white_check_mark",
  "raised_hands",
  "heart",
  "tada",
  "joy",
  "thinking_face",
  "fire",
  "rocket",
  "pray",
  "x",
];

export function messageActions(message, page, { inThread }) {
  const reply = () => page.router.go("t", message.channel, message.thread_ts ?? message.ts);
  const react = toolButton("smile", "Add reaction", () => pickReaction(react, message, page));
  const more = toolButton("moreVertical", "More actions");
  const items = () => [
    { content: "Add reaction…", choose: () => pickReaction(more, message, page) },
    !inThread && { content: "Reply in thread", choose: reply },
    ...moreItems(message, page),
  ];
  attachMenu(more, () => items().filter(Boolean), { label: "Message actions" });
  return h(
    "div",
    { class: "message-tools", role: "group", "aria-label": "Message tools" },
    react,
    !inThread && toolButton("thread", "Reply in thread", reply),
    toolButton("link", "Copy link", () => copyLink(message, page)),
    more,
  );
}

function pickReaction(button, message, page) {
  if (button.ariaExpanded === "true") return;
  button.ariaExpanded = "true";
  const choose = (name) => {
    close();
    button.focus();
    page.server.act({ type: "reaction", channel: message.channel, ts: message.ts, name });
  };
  const picker = emojiPicker(choose);
  const close = openPopover(button, picker, { alignEnd: true, onClose: () => (button.ariaExpanded = "false") });
  picker.querySelector("input").focus();
}

/** The few that are used most, or what a search finds; Enter takes the first. */
function emojiPicker(choose) {
  const grid = h("div", { class: "reaction-grid", role: "group", "aria-label": "Reactions" });
  const search = h("input", { class: "bk-input", type: "search", placeholder: "Search emoji", "aria-label": "Search emoji" });
  const one = (name) =>
    h(
      "button",
      {
        type: "button",
        class: "tool",
        title: `:${name}:`,
        "aria-label": name.replaceAll("_", " "),
        on: { click: () => choose(name) },
      },
      emojiText(name),
    );
  const show = () => {
    const wanted = search.value.trim().toLowerCase().replaceAll(" ", "_").replaceAll(":", "");
    const found = wanted ? emojiNames().filter((name) => name.includes(wanted)) : QUICK;
    replaceContent(grid, found.length ? found.slice(0, FOUND).map(one) : h("p", { class: "muted" }, "No such emoji."));
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    grid.querySelector("button")?.click();
  });
  show();
  return h("div", { class: "emoji-picker" }, search, grid);
}

const copyLink = (message, page) =>
  page.copy(message.permalink ?? `${location.origin}/#/c/${encodeURIComponent(message.channel)}/${message.ts}`);

function moreItems(message, page) {
  const own = message.user === page.workspace.me;
  const shortcuts = page.workspace.directory.apps().flatMap((app) =>
    (app.shortcuts ?? [])
      .filter((shortcut) => shortcut.type === "message")
      .map((shortcut) => ({
        content: [shortcut.name, h("span", { class: "option-description" }, app.name)],
        choose: () =>
          page.act({
            type: "message_action",
            channel: message.channel,
            ts: message.ts,
            callback_id: shortcut.callback_id,
            app_id: app.id,
          }),
      })),
  );
  const copy = { content: "Copy link", choose: () => copyLink(message, page) };
  const edit = own && { content: "Edit message…", choose: () => editMessage(message, page) };
  const remove = own && { content: "Delete message…", choose: () => deleteMessage(message, page) };
  return [copy, edit, remove, shortcuts.length > 0 && { separator: true }, ...shortcuts];
}

const plain = (text) => ({ type: "plain_text", text });

async function deleteMessage(message, page) {
  const sure = await confirmDialog(
    {
      title: plain("Delete message"),
      text: plain("This cannot be undone."),
      confirm: plain("Delete"),
      deny: plain("Cancel"),
      style: "danger",
    },
    page.reader,
  );
  if (sure) page.act({ type: "message_delete", channel: message.channel, ts: message.ts });
}

export async function editMessage(message, page) {
  const text = await promptDialog({
    title: "Edit message",
    label: "Message",
    value: decode(message.text ?? ""),
    confirm: "Save",
  });
  if (text?.trim()) page.act({ type: "message_edit", channel: message.channel, ts: message.ts, text });
}
