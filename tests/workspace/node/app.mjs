// A small app on Slack's official Node packages; the tests drive it through the workspace.
import bolt from "@slack/bolt";

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  logLevel: "error",
});

const text = (value) => ({ type: "plain_text", text: value });

app.command("/ask", async ({ ack, command }) => {
  await ack(`node heard ${command.text}`);
});

app.action("open", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: "modal",
      callback_id: "form",
      title: text("From Node"),
      submit: text("Save"),
      blocks: [
        {
          type: "input",
          block_id: "name",
          label: text("Name"),
          element: { type: "plain_text_input", action_id: "value" },
        },
      ],
    },
  });
});

app.view("form", async ({ ack, view, body, client }) => {
  const name = view.state.values.name.value.value;
  if (name === "bad") {
    await ack({ response_action: "errors", errors: { name: "Not that one." } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `saved ${name}` });
});

app.event("app_mention", async ({ event, say }) => {
  await say({ text: `hello <@${event.user}>`, thread_ts: event.ts });
});

app.message("list", async ({ say, client }) => {
  const names = [];
  for await (const page of client.paginate("users.list", { limit: 2 })) {
    names.push(...page.members.map((member) => member.name));
  }
  await say(names.join(" "));
});

await app.start();
