/** One mail, opened: who, what, and all that travelled with it. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

const SHOWN_HEADERS = ["from", "to", "cc", "reply-to", "subject", "date"];

/** @param {object} mail as the server gives it @param {HTMLElement} back the button that leads back to the list */
export function mailView(mail, back) {
  const headers = mail.headers ?? [];
  const { from, to = [] } = mail.envelope ?? {};
  const envelope = [
    ["MAIL FROM", from],
    ["RCPT TO", to.join(", ")],
  ];
  const text = () => h("div", { class: "mail-text" }, mail.text);
  return h(
    "article",
    { class: "mail" },
    h("div", { class: "mail-head" }, back, h("h3", { class: "mail-title" }, mail.subject || "(no subject)")),
    headerTable(headers.filter(([name]) => SHOWN_HEADERS.includes(name.toLowerCase()))),
    mail.html ? htmlBody(mail.html) : text(),
    (mail.attachments ?? []).map(attached),
    mail.html && fold("Plain text", text()),
    fold("All headers", headerTable(headers)),
    fold("Envelope", headerTable(envelope)),
    fold("Source", h("pre", { class: "code", tabindex: "0" }, mail.raw)),
  );
}

const attached = ({ name, type }) =>
  h("div", { class: "bk-file-card" }, icon("file"), name, h("span", { class: "muted" }, type));

function headerTable(rows) {
  const row = ([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value));
  return h("table", { class: "headers" }, h("tbody", {}, rows.map(row)));
}

const fold = (title, content) => h("details", { class: "fold" }, h("summary", {}, title), content);

/** HTML mail is shown in a frame without scripts, forms, or any right on this page. */
const htmlBody = (html) =>
  h("iframe", { class: "mail-html", sandbox: "", srcdoc: html, title: "Mail text", referrerpolicy: "no-referrer" });
