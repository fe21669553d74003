// What Slack's Node clients do by themselves: wait and try again, turn pages, upload, stream. Prints one JSON object.
import { LogLevel } from "@slack/logger";
import { WebClient } from "@slack/web-api";

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN, SLACK_CHANNEL: channel } = process.env;
const client = new WebClient(SLACK_BOT_TOKEN, { slackApiUrl, logLevel: LogLevel.ERROR });

const { ok: waited, ts } = await client.chat.postMessage({ channel, text: "after a 429" });

const file_uploads = [
  { content: "one", filename: "one.txt", title: "One" },
  { file: Buffer.from("two"), filename: "two.py", snippet_type: "python" },
];
await client.filesUploadV2({ channel_id: channel, file_uploads, initial_comment: "two files", thread_ts: ts });

const streamed = client.chatStream({ channel, thread_ts: ts, recipient_user_id: "U0ANN", recipient_team_id: "T0TEST" });
await streamed.append({ markdown_text: "**Hel" });
await streamed.append({ markdown_text: "lo**" });
const { message } = await streamed.stop();

const { messages } = await client.conversations.replies({ channel, ts });
const count = await client.paginate(
  "conversations.replies",
  { channel, ts, limit: 1 },
  () => false,
  (seen = 0, page) => seen + page.messages.length,
);
const files = messages.flatMap((one) => one.files ?? []).map((one) => [one.name, one.title]);
console.log(JSON.stringify({ waited, files, streamed: message.text, count, texts: messages.map((one) => one.text) }));
