/** The bar over everything: which workspace, as whom, light or dark, and the side panel's switch. */
import { attachMenu } from "../blockkit/menu.js";
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { avatar } from "./avatar.js";
import { toggleTheme } from "./theme.js";

export class Topbar {
  constructor(page, { onPanel, onSkip }) {
    this.page = page;
    this.team = h("div", { class: "topbar-team" });
    this.person = attachMenu(h("button", { class: "topbar-person", type: "button" }), () => this.#people(), {
      label: "Act as",
    });
    this.line = h("span", { class: "topbar-line", role: "status" });
    this.panel = h(
      "button",
      { class: "topbar-button topbar-panel", type: "button", "aria-expanded": "true", on: { click: onPanel } },
      icon("bolt", { size: 18 }),
      h("span", {}, "Things happen"),
    );
    const theme = h(
      "button",
      {
        class: "topbar-button",
        type: "button",
        "aria-label": "Light or dark",
        title: "Light or dark",
        on: { click: toggleTheme },
      },
      icon("moon", { size: 18 }),
    );
    this.element = h(
      "header",
      { class: "topbar" },
      h("button", { class: "skip", type: "button", on: { click: onSkip } }, "Skip to the message field"),
      this.team,
      this.line,
      h("span", { class: "topbar-space" }),
      this.person,
      theme,
      this.panel,
    );
    page.workspace.on("loaded", () => this.draw());
    page.workspace.on("unread", () => this.#title());
    page.workspace.on("line", (state) =>
      replaceContent(this.line, state === "lost" ? "Connection lost. Trying again…" : ""),
    );
  }

  draw() {
    const { team, me, directory } = this.page.workspace;
    replaceContent(this.team, team.name);
    replaceContent(
      this.person,
      avatar(me, directory, "small"),
      h("span", { class: "topbar-as" }, "Acting as "),
      h("strong", {}, directory.userName(me)),
      icon("down", { size: 14 }),
    );
    this.#title();
  }

  /** The browser's tab says how much is unread. */
  #title() {
    const { team, unreadInAll } = this.page.workspace;
    document.title = `${unreadInAll ? `(${unreadInAll}) ` : ""}${team.name} · local workspace`;
  }

  #people() {
    const { directory, me } = this.page.workspace;
    return directory.humans().map((person) => ({
      content: [
        avatar(person.id, directory, "small"),
        h("span", {}, directory.userName(person.id), person.id === me ? " ✓" : ""),
        h("span", { class: "option-description" }, roleOf(person)),
      ],
      choose: () => this.page.actAs(person.id),
    }));
  }
}

const roleOf = (person) =>
  [person.title, person.is_admin && "admin", person.is_guest && "guest"].filter(Boolean).join(" · ");
