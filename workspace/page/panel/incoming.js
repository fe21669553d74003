/** A mail arrives for somebody: one that the seed offers, an answer to what was sent, or one's own words. */
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";

const SPOKEN = {
  sending: "It is in the mailbox. Telling the app…",
  delivered: "It is in the mailbox, and the app has been told.",
  refused: "It is in the mailbox. The app refused to be told.",
  gave_up: "It is in the mailbox. The app could not be reached.",
};
const UNTOLD = "It is in the mailbox. No app here is told of mail that arrives.";
const OWN = "own";

export class Incoming {
  #letters = [];
  #sent = [];
  #watched = null;

  constructor(page) {
    this.page = page;
    this.what = h("select", { class: "bk-input", id: uniqueId("letter"), on: { change: () => this.#fill() } });
    this.to = h("select", { class: "bk-input", id: uniqueId("mail-to") });
    this.from = h("input", {
      class: "bk-input",
      id: uniqueId("mail-from"),
      required: true,
      autocomplete: "off",
      pattern: ".*[^\\s@]+@[^\\s@]+.*",
      title: "Name <address>",
    });
    this.subject = h("input", { class: "bk-input", id: uniqueId("mail-subject"), autocomplete: "off" });
    this.text = h("textarea", { class: "bk-input", id: uniqueId("mail-text"), required: true });
    this.button = h("button", { class: "bk-button is-primary is-large", type: "submit" }, "Receive an email");
    this.result = h("div", { class: "event-result", role: "status" });
    this.element = h(
      "details",
      { class: "event-card event-fold", on: { toggle: () => this.element.open && this.load() } },
      h("summary", { class: "event-title" }, "An email arrives"),
      this.#form(),
    );
    page.workspace.on("loaded", () => this.load());
    page.workspace.on("mail", () => this.element.open && this.load());
    page.workspace.on("log", (entry) => entry.kind === "webhook" && this.#progress(entry));
  }

  #form() {
    const fields = [
      ["Mail", this.what],
      ["To", this.to],
      ["From", this.from],
      ["Subject", this.subject],
      ["Text", this.text],
    ];
    const send = (event) => {
      event.preventDefault();
      this.#receive();
    };
    return h(
      "form",
      { class: "mail-form", on: { submit: send } },
      fields.map(([label, field]) => [h("label", { class: "event-label", for: field.id }, label), field]),
      this.button,
      this.result,
    );
  }

  async load() {
    const { workspace, server } = this.page;
    const { mails = [], letters = [] } = await server.get("mail");
    this.#letters = letters;
    this.#sent = mails.filter((mail) => !mail.is_incoming);
    const chosen = this.to.value || workspace.me;
    replaceContent(
      this.to,
      workspace.directory
        .humans()
        .filter((person) => person.email)
        .map((person) => h("option", { value: person.id }, workspace.directory.userName(person.id))),
    );
    this.to.value = chosen;
    this.#offer();
  }

  /** What is typed stays when the list grows. */
  #offer() {
    const isFirst = !this.what.value;
    const chosen = this.what.value;
    replaceContent(
      this.what,
      this.#letters.map((letter, number) => h("option", { value: `letter ${number}` }, letter.subject)),
      this.#sent.map((mail) => h("option", { value: `answer ${mail.id}` }, `Answer to: ${mail.subject}`)),
      h("option", { value: OWN }, "Words of your own"),
    );
    if (isFirst) this.#fill();
    else this.what.value = chosen;
  }

  #fill() {
    const [kind, which] = this.what.value.split(" ");
    const letter = kind === "letter" ? this.#letters[Number(which)] : { from: "", subject: "", text: "" };
    const mail = kind === "answer" && this.#sent.find((each) => each.id === which);
    this.from.value = mail ? (mail.to[0] ?? "") : letter.from;
    this.subject.value = mail ? `Re: ${mail.subject.replace(/^re: /i, "")}` : letter.subject;
    this.text.value = letter.text;
  }

  async #receive() {
    const [kind, which] = this.what.value.split(" ");
    const body = { as: this.to.value, from: this.from.value, subject: this.subject.value, text: this.text.value };
    if (kind === "answer") body.in_reply_to = which;
    this.button.setAttribute("aria-busy", "true");
    const answer = await this.page.server.post("mail", body);
    this.button.setAttribute("aria-busy", "false");
    if (!answer.mail) this.#tell(false, answer.message ?? answer.error);
    else if (!answer.delivery) this.#tell(true, UNTOLD);
    else {
      this.#watched = answer.delivery.message_id;
      this.#progress(answer.delivery);
    }
  }

  #progress({ message_id: id, status }) {
    if (id === this.#watched) this.#tell(["sending", "delivered"].includes(status), SPOKEN[status] ?? status);
  }

  #tell(good, words) {
    const glyph = icon(good ? "check" : "warning", { size: 16 });
    replaceContent(this.result, h("span", { class: good ? "is-good" : "is-bad" }, glyph, words));
  }
}
