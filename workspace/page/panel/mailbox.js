/** The mails that left and those that arrived: a list, and one of them opened. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { toolButton } from "../core/tool_button.js";
import { clockTime, dayLabel } from "../text/dates.js";
import { mailView } from "./mail_view.js";

const EMPTY = "No mail yet. What the app sends lands here and goes nowhere else.";

export class Mailbox {
  #mails = [];
  #new = 0;
  #isShown = false;
  #isOpen = false;

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    this.element = h("div", { class: "mailbox" });
    page.workspace.on("loaded", () => this.load());
    page.workspace.on("mail", (mail) => this.#arrived(mail));
    page.workspace.on("clock", () => !this.#isOpen && this.#list());
  }

  shown(isShown) {
    this.#isShown = isShown;
    if (isShown) this.#new = 0;
  }

  async load() {
    const answer = await this.page.server.get("mail");
    this.#mails = answer.mails ?? [];
    this.#list();
  }

  #arrived(mail) {
    this.#mails = [mail, ...this.#mails.filter((each) => each.id !== mail.id)];
    if (!this.#isShown) this.panel.badge("mail", (this.#new += 1));
    this.page.announce(`Mail ${route(mail)}: ${mail.subject}`);
    if (!this.#isOpen) this.#list();
  }

  #list() {
    this.#isOpen = false;
    if (this.#mails.length) replaceContent(this.element, this.#tools(), this.#rows());
    else replaceContent(this.element, h("div", { class: "empty" }, icon("mail", { size: 28 }), h("p", {}, EMPTY)));
  }

  #tools() {
    const clear = async () => {
      await this.page.server.post("mail/clear");
      this.load();
    };
    return h(
      "div",
      { class: "panel-tools" },
      h("span", { class: "muted" }, counted(this.#mails)),
      h("button", { class: "text-button", type: "button", on: { click: clear } }, "Empty the mailbox"),
    );
  }

  #rows() {
    const rows = this.#mails.map((mail) => h("li", {}, this.#row(mail)));
    return h("ul", { class: "mails" }, rows);
  }

  #row(mail) {
    const when = h("time", { class: "muted", datetime: mail.received_at }, this.#when(mail.received_at));
    return h(
      "button",
      { class: "mail-row", type: "button", on: { click: () => this.#open(mail.id) } },
      h("span", { class: "mail-top" }, h("span", { class: "mail-to" }, `${mail.is_incoming ? "From" : "To"} ${mail.is_incoming ? mail.from : mail.to.join(", ")}`), when),
      h("span", { class: "mail-subject" }, mail.subject || "(no subject)"),
      h("span", { class: "mail-snippet muted" }, mail.snippet),
    );
  }

  #when(at) {
    const [date, { zone }] = [new Date(at), this.page.workspace];
    const day = dayLabel(date, zone, this.page.workspace.now());
    return day === "Today" ? clockTime(date, zone) : day;
  }

  async #open(id) {
    const { mail, error, message } = await this.page.server.get(`mail/${encodeURIComponent(id)}`);
    if (!mail) {
      this.page.toast(message ?? error, "error");
      return;
    }
    this.#isOpen = true;
    const back = toolButton("back", "Back to the mailbox", () => this.#list());
    replaceContent(this.element, mailView(mail, back));
    back.focus();
  }
}

const route = (mail) => (mail.is_incoming ? `received from ${mail.from}` : `sent to ${mail.to.join(", ")}`);

function counted(mails) {
  const received = mails.filter((mail) => mail.is_incoming).length;
  return received ? `${mails.length - received} sent, ${received} received` : `${mails.length} sent`;
}
