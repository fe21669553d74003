/** Channels, direct messages and apps. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { avatar } from "./avatar.js";

export class Sidebar {
  constructor(page) {
    this.page = page;
    this.body = h("div", { class: "sidebar-body" });
    this.element = h("nav", { class: "sidebar", "aria-label": "Conversations" }, this.body);
    for (const topic of ["loaded", "conversations", "unread", "app"]) page.workspace.on(topic, () => this.draw());
    page.router.on("route", () => this.draw());
  }

  draw() {
    const { directory, me } = this.page.workspace;
    const visible = directory
      .conversations()
      .filter((each) => !each.members || each.members.includes(me) || each.kind === "channel")
      .filter((each) => !each.is_archived || each.id === this.page.router.current.id);
    const of = (...kinds) => visible.filter((each) => kinds.includes(each.kind));
    const people = of("im", "mpim").filter((each) => !each.app_id);
    replaceContent(
      this.body,
      this.#group(
        "Apps",
        of("im").filter((each) => each.app_id),
        (each) => this.#app(each),
      ),
      this.#group("Channels", of("channel", "private"), (each) =>
        this.#row(each, icon(each.kind === "private" ? "lock" : "hash", { size: 16 })),
      ),
      this.#group("Direct messages", people, (each) => this.#row(each, avatar(each.with, directory, "small"))),
      this.#newMessage(people),
    );
  }

  #group(title, conversations, draw) {
    if (!conversations.length) return null;
    return h(
      "section",
      { class: "sidebar-group" },
      h("h2", { class: "sidebar-title" }, title),
      h(
        "ul",
        {},
        conversations.map((each) => h("li", {}, draw(each))),
      ),
    );
  }

  #row(conversation, mark, after = null) {
    const { directory } = this.page.workspace;
    const unread = this.page.workspace.unread(conversation.id);
    const route = this.page.router.current;
    const current = route.id === conversation.id || (route.view === "home" && route.id === conversation.app_id);
    return h(
      "a",
      {
        class: `sidebar-row${unread ? " is-unread" : ""}`,
        href: `#/c/${encodeURIComponent(conversation.id)}`,
        "aria-current": current ? "page" : null,
        on: { click: () => this.page.showPlace("talk") },
      },
      h("span", { class: "sidebar-mark" }, mark),
      h("span", { class: "sidebar-name" }, directory.conversationLabel(conversation.id).replace(/^#/, "")),
      after,
      unread > 0 && this.#count(conversation.id, unread),
    );
  }

  /** In red only what is meant for this person; the rest is told by the bold name, and to screen readers. */
  #count(id, unread) {
    if (!this.page.workspace.calls(id)) return h("span", { class: "visually-hidden" }, `${unread} unread`);
    return h("span", { class: "unread-badge", "aria-label": `${unread} unread` }, unread);
  }

  #app(conversation) {
    const app = this.page.workspace.directory.app(conversation.app_id);
    const off = app && !app.connected && h("span", { class: "app-off", title: "The app is not connected" }, "offline");
    return this.#row(
      conversation,
      avatar(conversation.with ?? app?.bot_user_id, this.page.workspace.directory, "small"),
      off,
    );
  }

  /** Those without a conversation yet. */
  #newMessage(conversations) {
    const { directory, me } = this.page.workspace;
    const known = new Set(conversations.map((each) => each.with));
    const rest = directory.humans().filter((person) => person.id !== me && !known.has(person.id));
    if (!rest.length) return null;
    const open = async (person) => {
      const answer = await this.page.act({ type: "open_dm", user: person.id });
      if (answer.conversation) directory.put(answer.conversation);
      if (answer.conversation) this.page.router.go("c", answer.conversation.id);
    };
    return h(
      "section",
      { class: "sidebar-group" },
      h("h2", { class: "sidebar-title" }, "People"),
      h(
        "ul",
        {},
        rest.map((person) =>
          h(
            "li",
            {},
            h(
              "button",
              { class: "sidebar-row", type: "button", on: { click: () => open(person) } },
              h("span", { class: "sidebar-mark" }, avatar(person.id, directory, "small")),
              h("span", { class: "sidebar-name" }, directory.userName(person.id)),
            ),
          ),
        ),
      ),
    );
  }
}
