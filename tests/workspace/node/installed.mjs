// An app that anybody may install: Slack's InstallProvider behind Bolt's HTTP or Socket Mode receiver. Says when it is ready.
import bolt from "@slack/bolt";

const { SLACK_API_URL: slackApiUrl, SLACK_PAGE_URL, PORT, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET } = process.env;
const installations = new Map();
const isSocket = Boolean(appToken);

const app = new bolt.App({
  signingSecret: SLACK_SIGNING_SECRET,
  clientId: "1.2",
  clientSecret: "s3cret",
  stateSecret: "state",
  scopes: ["chat:write", "commands"],
  redirectUri: `http://127.0.0.1:${PORT}/slack/oauth_redirect`,
  installationStore: {
    storeInstallation: async (one) => void installations.set(one.team.id, one),
    fetchInstallation: async ({ teamId }) => installations.get(teamId),
    deleteInstallation: async ({ teamId }) => void installations.delete(teamId),
  },
  installerOptions: {
    authorizationUrl: new URL("/oauth/v2/authorize", SLACK_PAGE_URL).href,
    clientOptions: { slackApiUrl },
    directInstall: true,
    redirectUriPath: "/slack/oauth_redirect",
    userScopes: ["users:read"],
    ...(isSocket ? { port: Number(PORT) } : {}),
  },
  clientOptions: { slackApiUrl },
  ...(isSocket ? { socketMode: true, appToken } : {}),
  logLevel: "error",
});

app.command("/ask", async ({ ack, command, client }) => {
  await ack();
  const { bot, user } = installations.get(command.team_id);
  const kinds = [bot.token, user.token].map((token) => token.replace(/-.*/, ""));
  await client.chat.postMessage({ channel: command.user_id, text: `installed ${kinds} ${Boolean(bot.refreshToken)}` });
});

await app.start(Number(PORT));
console.log("ready");
