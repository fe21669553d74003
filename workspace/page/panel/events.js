/** Raising events: a meeting ends, with a sample recording or one's own; a mail arrives; time passes. */
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { Clock } from "./clock.js";
import { Incoming } from "./incoming.js";

const SPOKEN = {
  sending: "Sending the recording to the app…",
  delivered: "The app has received it.",
  refused: "The app refused it.",
  gave_up: "The app could not be reached.",
};

export class Events {
  #samples = [];
  #chosen = null;
  #watched = null;

  constructor(page) {
    this.page = page;
    this.list = h("div", { class: "samples", role: "radiogroup", "aria-label": "Meeting" });
    this.rep = h("select", { class: "bk-input", id: uniqueId("rep") });
    this.result = h("div", { class: "event-result", role: "status" });
    this.endButton = h(
      "button",
      { class: "bk-button is-primary is-large", type: "button", disabled: true, on: { click: () => this.#end() } },
      "End a meeting",
    );
    this.element = h("div", { class: "events" }, this.#meeting(), new Incoming(page).element, new Clock(page).element);
    page.workspace.on("loaded", () => this.load());
    page.workspace.on("log", (entry) => entry.kind === "meeting" && this.#progress(entry));
  }

  #meeting() {
    return h(
      "section",
      { class: "event-card", "aria-labelledby": "event-meeting" },
      h("h3", { class: "event-title", id: "event-meeting" }, "A meeting ends"),
      h("p", { class: "muted" }, "Choose a recording, press the button, and watch what the app makes of it."),
      this.list,
      this.#dropZone(),
      h(
        "div",
        { class: "event-send" },
        h("label", { class: "event-label", for: this.rep.id }, "Recorded by"),
        this.rep,
        this.endButton,
        this.result,
      ),
    );
  }

  #dropZone() {
    const input = h("input", {
      type: "file",
      class: "visually-hidden",
      on: { change: () => this.#upload(input.files[0]) },
    });
    const zone = h(
      "label",
      { class: "drop-zone" },
      icon("upload"),
      h(
        "span",
        {},
        h("strong", {}, "Use your own transcript"),
        h("span", { class: "muted" }, "Drop a file or choose one: VTT, SRT, JSON, text"),
      ),
      input,
    );
    const over = (on) => (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", on);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      this.#upload(event.dataTransfer.files[0]);
    });
    return zone;
  }

  async load() {
    const { workspace, server } = this.page;
    const answer = await server.get("samples");
    this.#samples = answer.samples ?? [];
    this.#chosen = this.#samples.some((sample) => sample.id === this.#chosen)
      ? this.#chosen
      : (this.#samples[0]?.id ?? null);
    replaceContent(
      this.rep,
      h("option", { value: "" }, "Nobody in particular"),
      workspace.directory
        .humans()
        .map((person) => h("option", { value: person.id }, workspace.directory.userName(person.id))),
    );
    this.rep.value = workspace.me;
    this.#draw(answer.can_end !== false);
  }

  #draw(canEnd) {
    const name = uniqueId("sample");
    replaceContent(
      this.list,
      this.#samples.map((sample) => this.#row(sample, name)),
    );
    this.endButton.disabled = !canEnd || !this.#chosen;
    if (!canEnd) replaceContent(this.result, "No app here receives meeting recordings.");
  }

  #row(sample, name) {
    const people = sample.participants.map((person) => person.name).join(", ");
    const choose = () => {
      this.#chosen = sample.id;
      this.endButton.disabled = false;
    };
    const input = h("input", {
      type: "radio",
      name,
      value: sample.id,
      prop: { checked: sample.id === this.#chosen },
      on: { change: choose },
    });
    return h(
      "label",
      { class: "sample" },
      input,
      h(
        "span",
        { class: "sample-text" },
        h("span", { class: "sample-title" }, `${sample.title} `, h("span", { class: "format-badge" }, sample.format)),
        sample.description && h("span", { class: "sample-about muted" }, sample.description),
        people && h("span", { class: "sample-people muted" }, icon("person", { size: 14 }), people),
      ),
    );
  }

  async #upload(file) {
    if (!file) return;
    const form = new FormData();
    form.set("file", file);
    const answer = await this.page.server.post("samples", form);
    if (!answer.sample) {
      this.page.toast(answer.message ?? answer.error ?? "The file was not accepted.", "error");
      return;
    }
    this.#chosen = answer.sample.id;
    await this.load();
    replaceContent(this.result, `${answer.sample.title} is ready. Press End a meeting.`);
  }

  async #end() {
    this.#setBusy(true);
    replaceContent(this.result, SPOKEN.sending);
    const path = `samples/${encodeURIComponent(this.#chosen)}/end`;
    const answer = await this.page.server.post(path, { as: this.rep.value || null });
    this.#setBusy(false);
    if (!answer.meeting) this.#tell("refused", answer.message ?? answer.error);
    else this.#ended(answer.meeting);
  }

  #setBusy(busy) {
    this.endButton.classList.toggle("is-busy", busy);
    this.endButton.setAttribute("aria-busy", String(busy));
  }

  /** On a narrow screen the messages are in another place: this leads there. */
  #ended(meeting) {
    this.#watched = meeting.bot_id;
    this.#progress(meeting);
    const lead = { label: "See messages", run: () => this.page.showPlace("talk") };
    if (this.page.isNarrow) this.page.toast("The meeting has ended.", "info", lead);
  }

  #progress(meeting) {
    if (meeting.bot_id !== this.#watched) return;
    const last = meeting.attempts?.at(-1);
    const tries = (meeting.attempts?.length ?? 0) > 1 ? ` after ${meeting.attempts.length} attempts` : "";
    const detail =
      last &&
      [last.status && `HTTP ${last.status}`, last.error, last.ms != null && `${Math.round(last.ms)} ms`]
        .filter(Boolean)
        .join(", ");
    this.#tell(meeting.status, detail ? `${detail}${tries}` : "");
  }

  #tell(status, detail) {
    const good = status === "delivered" || status === "sending";
    replaceContent(
      this.result,
      h(
        "span",
        { class: good ? "is-good" : "is-bad" },
        icon(good ? "check" : "warning", { size: 16 }),
        SPOKEN[status] ?? status,
      ),
      detail && h("span", { class: "muted" }, detail),
    );
  }
}
