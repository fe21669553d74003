/** Starts the page: loads the workspace as one person, then follows what happens. */
import { drawTextWith, h } from "./core/dom.js";
import { Router } from "./core/router.js";
import { Live, Server } from "./core/server.js";
import { Workspace } from "./core/workspace.js";
import { lacksEmojiFont, withDrawnEmoji } from "./text/drawn_emoji.js";
import { Page } from "./views/page.js";
import { startTheme } from "./views/theme.js";

const KEPT_PERSON = "workspace-person";

function start() {
  startTheme();
  if (lacksEmojiFont()) drawTextWith(withDrawnEmoji);
  const server = new Server(() => workspace.me);
  const workspace = new Workspace(server);
  let lost = false;
  const live = new Live({
    onEvent: (event) => workspace.receive(event),
    onState: (state) => {
      workspace.tell("line", state);
      if (state === "open" && lost) workspace.load(workspace.me);
      lost = state === "lost";
    },
  });
  const actAs = (id) => {
    sessionStorage.setItem(KEPT_PERSON, id);
    return follow(id);
  };
  /** Listens before loading: what happens meanwhile waits and is applied after, so that nothing falls between. */
  const follow = async (id) => {
    workspace.hold();
    await live.open(id);
    return workspace.load(id);
  };
  const page = new Page({ workspace, server, router: new Router(), actAs });
  workspace.on("reset", () => workspace.load(workspace.me));
  open({ server, page, follow });
}

/** As the person asked for in the address, the one of before, or the workspace's default. */
async function open({ server, page, follow }) {
  document.body.replaceChildren(page.element);
  const boot = await server.get("bootstrap");
  const asked = new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem(KEPT_PERSON);
  const person = boot.people?.some(({ id }) => id === asked) ? asked : boot.default_user;
  if (person && (await follow(person))) document.documentElement.dataset.ready = "true";
  else document.body.replaceChildren(noServer());
}

const noServer = () =>
  h(
    "main",
    { class: "no-server", role: "alert" },
    h("h1", {}, "The workspace does not answer"),
    h("p", {}, "Start it again, then load this page anew."),
    h(
      "button",
      { class: "bk-button is-primary", type: "button", on: { click: () => location.reload() } },
      "Load again",
    ),
  );

start();
