/** The whole page, put together: its parts, and what several of them need. */
import { h } from "../core/dom.js";
import { Panel } from "../panel/panel.js";
import { decode } from "../text/mrkdwn.js";
import { Conversation } from "./conversation.js";
import { Hint } from "./hint.js";
import { Modals } from "./modals.js";
import { Places } from "./places.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { Toasts } from "./toasts.js";
import { Topbar } from "./topbar.js";

const ANSWER_PAUSE_MS = 250;
const ANNOUNCED_LENGTH = 300;

export class Page {
  #announcer = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  #toasts = new Toasts();

  /** @param {{workspace: object, server: object, router: object, actAs: (id: string) => void}} line */
  constructor(line) {
    Object.assign(this, line);
    this.reader = readerOf(this.workspace);
    this.hint = new Hint(this);
    this.sidebar = new Sidebar(this);
    this.conversation = new Conversation(this);
    this.thread = new Thread(this);
    this.modals = new Modals(this);
    this.panel = new Panel(this);
    this.topbar = new Topbar(this, {
      onPanel: () => this.#places.togglePanel(),
      onSkip: () => this.conversation.composer.input.focus(),
    });
    this.#places = new Places(this);
    this.workspace.on("toast", (toast) => this.#pushed(toast));
    this.workspace.on("loaded", () => this.#route(true));
    this.workspace.on("conversations", () => this.#leaveWhatIsGone());
    this.router.on("route", () => this.#route(false));
  }

  #places;

  get element() {
    return h(
      "div",
      { class: "app" },
      this.topbar.element,
      h(
        "div",
        { class: "columns" },
        this.sidebar.element,
        this.conversation.element,
        this.thread.element,
        this.panel.element,
      ),
      this.#places.bar,
      this.modals.element,
      this.#toasts.element,
      this.#announcer,
    );
  }

  /** Says it to screen readers only. */
  announce(text) {
    this.#announcer.textContent = decode(text).slice(0, ANNOUNCED_LENGTH);
  }

  /** Browsers may refuse the clipboard: then it is said, and nobody pastes something old. */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast("Copied");
    } catch {
      this.toast("The browser did not allow copying.", "error");
    }
  }

  toast(text, level = "info", action = null) {
    this.#toasts.show(text, level, action);
  }

  /** The server pushes problems to all windows of a person; the one that caused it learns of it by the answer. */
  #pushed({ text, level }) {
    setTimeout(() => {
      if (this.server.told !== text) this.toast(text, level);
      this.server.told = null;
    }, ANSWER_PAUSE_MS);
  }

  /** Does what a person does, and says it when it did not work. */
  async act(action) {
    const answer = await this.server.act(action);
    if (answer.error) this.toast(answer.message ?? answer.error, "error");
    return answer;
  }

  say(channel, text, threadTs) {
    return this.act({ type: "message", channel, text, thread_ts: threadTs ?? undefined });
  }

  get isNarrow() {
    return matchMedia("(max-width: 760px)").matches;
  }

  /** On a narrow screen only one place shows at a time. @param {"list" | "talk" | "panel"} place */
  showPlace(place) {
    this.#places.show(place);
  }

  #route(fresh) {
    const { view, id, ts } = this.router.current;
    const { directory } = this.workspace;
    if (fresh) this.conversation.reset();
    if (view !== "thread") this.thread.hide();
    const isHome = view === "home" && directory.app(id);
    if (isHome) this.conversation.showHome(id);
    else if (directory.conversation(id)) this.#talk(view, id, ts);
    else this.#start();
    if (!fresh) this.showPlace("talk");
  }

  /** Somebody was taken out of the private channel that they look at. */
  #leaveWhatIsGone() {
    const { view, id } = this.router.current;
    if (view !== "home" && id && !this.workspace.directory.conversation(id)) this.#start();
  }

  #talk(view, id, ts) {
    this.conversation.showConversation(id, { focusTs: view === "conversation" ? ts : null });
    if (view === "thread" && ts) this.thread.show(id, ts);
  }

  /** With nothing asked for: the app's DM, where the first card will arrive. */
  #start() {
    const conversations = this.workspace.directory.conversations();
    const first = conversations.find((each) => each.app_id) ?? conversations[0];
    if (first) this.router.go("c", first.id);
  }
}

const readerOf = (workspace) => ({
  directory: workspace.directory,
  now: () => workspace.now(),
  get me() {
    return workspace.me;
  },
  get zone() {
    return workspace.zone;
  },
});
