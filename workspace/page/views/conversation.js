/** The main pane: a conversation, or an app's Home, under one header. */
import { h, replaceContent } from "../core/dom.js";
import { Composer } from "./composer.js";
import { conversationHeader } from "./conversation_header.js";
import { Home } from "./home.js";
import { MessageList } from "./messages.js";

export class Conversation {
  constructor(page) {
    this.page = page;
    this.header = h("div", { class: "pane-header" });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "App", hidden: true });
    this.messages = new MessageList(page);
    this.composer = new Composer(page);
    this.home = new Home(page);
    this.talk = h("div", { class: "pane-talk" }, this.messages.element, this.composer.element);
    this.element = h(
      "main",
      { class: "pane", "aria-label": "Conversation" },
      this.header,
      this.tabs,
      page.hint.element,
      this.talk,
      this.home.element,
    );
    page.workspace.on("conversations", () => this.id && this.#head());
    page.workspace.on("app", () => this.id && this.#head());
  }

  showConversation(id, { focusTs = null } = {}) {
    const { workspace } = this.page;
    const changed = this.id !== id || this.onHome;
    const conversation = workspace.directory.conversation(id);
    if (!conversation) return;
    Object.assign(this, { id, onHome: false });
    this.#head();
    this.#pane();
    if (!changed && !focusTs) return;
    const unread = workspace.unread(id);
    workspace.look(id);
    this.composer.show(id);
    this.messages.show(id, { focusTs, unread });
    if (conversation.app_id)
      this.page.server.act({ type: "home_opened", app_id: conversation.app_id, tab: "messages" });
  }

  showHome(appId) {
    const conversation = this.page.workspace.directory.dmWithApp(appId);
    Object.assign(this, { id: conversation?.id ?? null, onHome: true });
    this.page.workspace.look(null);
    this.messages.hide();
    this.#head();
    this.#pane();
    this.home.show(appId);
    this.page.server.act({ type: "home_opened", app_id: appId, tab: "home" });
  }

  /** Forget what is shown: another person looks now. */
  reset() {
    this.id = null;
  }

  #pane() {
    this.talk.hidden = this.onHome;
    this.home.element.hidden = !this.onHome;
  }

  #head() {
    const { directory } = this.page.workspace;
    const conversation = directory.conversation(this.id);
    if (!conversation) return;
    const app = conversation.app_id ? directory.app(conversation.app_id) : null;
    const back = () => this.page.showPlace("list");
    this.composer.close(conversation.is_archived ? "This channel is archived. Nobody can write here." : "");
    replaceContent(this.header, conversationHeader(conversation, app, directory, back));
    this.#tabs(app);
  }

  #tabs(app) {
    this.tabs.hidden = !app;
    if (!app) return;
    const tab = (label, selected, go) =>
      h(
        "button",
        {
          class: "tab",
          role: "tab",
          type: "button",
          "aria-selected": String(selected),
          tabindex: selected ? "0" : "-1",
          on: { click: go },
        },
        label,
      );
    replaceContent(
      this.tabs,
      tab("Home", this.onHome, () => this.page.router.go("home", app.id)),
      tab("Messages", !this.onHome, () => this.page.router.go("c", this.id)),
    );
    this.tabs.onkeydown = (event) => {
      if (["ArrowLeft", "ArrowRight"].includes(event.key)) this.tabs.querySelector("[aria-selected=false]").click();
      if (["ArrowLeft", "ArrowRight"].includes(event.key)) this.tabs.querySelector("[aria-selected=true]").focus();
    };
  }
}
