// What Slack's own Node client makes of the methods that the Bolt app beside it does not use. Prints one JSON object.
import { createPublicKey, verify } from "node:crypto";
import { WebClient } from "@slack/web-api";

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN, SLACK_CODE: code, SLACK_CHANNEL: channel_id } = process.env;
const client = new WebClient(SLACK_BOT_TOKEN, { slackApiUrl });

const asked = { client_id: "1.2", client_secret: "s3cret", code };
const signed = await new WebClient(undefined, { slackApiUrl }).openid.connect.token(asked);
const who = await new WebClient(signed.access_token, { slackApiUrl }).openid.connect.userInfo();
const [head, claims, signature] = signed.id_token.split(".");
const { keys } = await (await fetch(new URL("/openid/connect/keys", slackApiUrl))).json();
const key = createPublicKey({ key: keys[0], format: "jwk" });
const is_genuine = verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"));

const link = { channel_id, title: "Docs", type: "link", link: "https://example.com/" };
const { bookmark } = await client.bookmarks.add(link);
await client.bookmarks.edit({ channel_id, bookmark_id: bookmark.id, title: "Papers" });
const { bookmarks } = await client.bookmarks.list({ channel_id });
await client.bookmarks.remove({ channel_id, bookmark_id: bookmark.id });
const left = await client.bookmarks.list({ channel_id });
const refused = await client.bookmarks.add({ ...link, link: "nowhere" }).catch((error) => error.data.error);

const { channel } = await client.conversations.create({ name: "from-node" });
const inNode = { channel: channel.id };
await client.conversations.invite({ ...inNode, users: "U0ANN" });
await client.conversations.rename({ ...inNode, name: "by-node" });
await client.conversations.setPurpose({ ...inNode, purpose: "To try" });
const { ts } = await client.chat.postMessage({ ...inNode, text: "Hello" });
await client.pins.add({ ...inNode, timestamp: ts });
await client.reactions.add({ ...inNode, timestamp: ts, name: "eyes" });
const { items: reacted } = await client.reactions.list();
const scheduled = { ...inNode, post_at: Math.floor(Date.now() / 1000) + 3600, text: "Later" };
await client.chat.scheduleMessage(scheduled);
const { scheduled_messages: waiting } = await client.chat.scheduledMessages.list(inNode);
await client.conversations.kick({ ...inNode, user: "U0ANN" });
await client.conversations.archive(inNode);
const { channel: archived } = await client.conversations.info(inNode);

const { usergroups } = await client.usergroups.list({ include_users: true });
const { users } = await client.usergroups.users.list({ usergroup: usergroups[0].id });
const { team } = await client.team.info();
const { profile } = await client.users.profile.get({ user: "U0BEN" });

const seen = { sub: who.sub, nonce: JSON.parse(Buffer.from(claims, "base64url")).nonce, is_genuine, refused, users };
const made = {
  archived: archived.is_archived,
  name: archived.name,
  purpose: archived.purpose.value,
  reacted: reacted.map((one) => one.message.text),
  waiting: waiting.map((one) => one.text),
};
const rest = { titles: bookmarks.map((one) => one.title), left: left.bookmarks.length, groups: usergroups, team, profile };
console.log(JSON.stringify({ ...seen, ...rest, made }));
