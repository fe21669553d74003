/** The mails that left: a list, and one of them opened with its headers. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { clockTime, dayLabel } from "../text/dates.js";

const SHOWN_HEADERS = ["from", "to", "cc", "reply-to", "subject", "date"];

export class Mailbox {
  #mails = [];
  #new = 0;
  #shown = false;

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    this.element = h("div", { class: "mailbox" });
    page.workspace.on("loaded", () => this.load());
    page.workspace.on("mail", (mail) => this.#arrived(mail));
  }

  shown(shown) {
    this.#shown = shown;
    if (shown) this.#new = 0;
  }

  async load() {
    const answer = await this.page.server.get("mail");
    this.#mails = answer.mails ?? [];
    this.#list();
  }

  #arrived(mail) {
    this.#mails = [mail, ...this.#mails.filter((each) => each.id !== mail.id)];
    if (!this.#shown) this.panel.badge("mail", (this.#new += 1));
    this.page.announce(`Mail sent to ${mail.to.join(", ")}: ${mail.subject}`);
    if (!this.opened) this.#list();
  }

  #list() {
    this.opened = null;
    if (!this.#mails.length) {
      return void replaceContent(
        this.element,
        h(
          "div",
          { class: "empty" },
          icon("mail", { size: 28 }),
          h("p", {}, "No mail yet. What the app sends lands here and goes nowhere else."),
        ),
      );
    }
    const clear = async () => {
      await this.page.server.post("mail/clear");
      this.load();
    };
    return void replaceContent(
      this.element,
      h(
        "div",
        { class: "panel-tools" },
        h("span", { class: "muted" }, `${this.#mails.length} sent`),
        h("button", { class: "text-button", type: "button", on: { click: clear } }, "Empty the mailbox"),
      ),
      h(
        "ul",
        { class: "mails" },
        this.#mails.map((mail) => h("li", {}, this.#row(mail))),
      ),
    );
  }

  #row(mail) {
    return h(
      "button",
      { class: "mail-row", type: "button", on: { click: () => this.#open(mail.id) } },
      h(
        "span",
        { class: "mail-top" },
        h("span", { class: "mail-to" }, `To ${mail.to.join(", ")}`),
        h("time", { class: "muted", datetime: mail.received_at }, this.#when(mail.received_at)),
      ),
      h("span", { class: "mail-subject" }, mail.subject || "(no subject)"),
      h("span", { class: "mail-snippet muted" }, mail.snippet),
    );
  }

  #when(at) {
    const [date, { zone }] = [new Date(at), this.page.workspace];
    const day = dayLabel(date, zone, new Date());
    return day === "Today" ? clockTime(date, zone) : day;
  }

  async #open(id) {
    const { mail, error, message } = await this.page.server.get(`mail/${encodeURIComponent(id)}`);
    if (!mail) return void this.page.toast(message ?? error, "error");
    this.opened = id;
    const back = h(
      "button",
      { class: "tool", type: "button", "aria-label": "Back to the mailbox", on: { click: () => this.#list() } },
      icon("back"),
    );
    const headers = mail.headers ?? [];
    const main = headers.filter(([name]) => SHOWN_HEADERS.includes(name.toLowerCase()));
    replaceContent(
      this.element,
      h(
        "article",
        { class: "mail" },
        h("div", { class: "mail-head" }, back, h("h3", { class: "mail-title" }, mail.subject || "(no subject)")),
        headerTable(main),
        mail.html ? htmlBody(mail.html) : h("div", { class: "mail-text" }, mail.text),
        (mail.attachments ?? []).map((each) =>
          h("div", { class: "bk-file-card" }, icon("file"), each.name, h("span", { class: "muted" }, each.type)),
        ),
        mail.html && fold("Plain text", h("div", { class: "mail-text" }, mail.text)),
        fold("All headers", headerTable(headers)),
        fold(
          "Envelope",
          headerTable([
            ["MAIL FROM", mail.envelope?.from],
            ["RCPT TO", (mail.envelope?.to ?? []).join(", ")],
          ]),
        ),
        fold("Source", h("pre", { class: "code", tabindex: "0" }, mail.raw)),
      ),
    );
    back.focus();
  }
}

const headerTable = (rows) =>
  h(
    "table",
    { class: "headers" },
    h(
      "tbody",
      {},
      rows.map(([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value))),
    ),
  );

const fold = (title, content) => h("details", { class: "fold" }, h("summary", {}, title), content);

/** HTML mail is shown in a frame without scripts, forms, or any right on this page. */
const htmlBody = (html) =>
  h("iframe", { class: "mail-html", sandbox: "", srcdoc: html, title: "Mail text", referrerpolicy: "no-referrer" });
