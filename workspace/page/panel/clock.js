/** The workspace's clock, which can be moved forward. */
import { h, replaceContent } from "../core/dom.js";
import { clockTime, fullDay } from "../text/dates.js";

const DAY_S = 86_400;
const MOVES = [
  ["It is 08:00", (me) => ({ at: "08:00", as: me })],
  ["An hour passes", () => ({ seconds: 3600 })],
  ["A day passes", () => ({ seconds: DAY_S })],
  ["A week passes", () => ({ seconds: 7 * DAY_S })],
];

export class Clock {
  constructor(page) {
    this.page = page;
    this.now = h("p", { class: "clock-now", role: "status" });
    const buttons = MOVES.map(([label, body]) =>
      h(
        "button",
        { class: "bk-button", type: "button", on: { click: () => this.#move(body(page.workspace.me)) } },
        label,
      ),
    );
    this.element = h(
      "details",
      { class: "event-card event-fold", on: { toggle: () => this.#draw() } },
      h("summary", { class: "event-title" }, "Time passes"),
      h(
        "p",
        { class: "muted" },
        "Moves the clock of this workspace. An app moves with it when it asks for the time here.",
      ),
      this.now,
      h("div", { class: "bk-actions" }, buttons),
    );
    page.workspace.on("loaded", () => this.#draw());
    page.workspace.on("clock", () => this.#draw());
  }

  async #move(body) {
    const answer = await this.page.server.post("clock", body);
    if (answer.ok === false) this.page.toast(answer.message ?? answer.error, "error");
    else this.page.workspace.setAhead(answer.ahead_s);
    this.#draw();
  }

  #draw() {
    const { workspace } = this.page;
    const now = workspace.now();
    const time = clockTime(now, workspace.zone);
    replaceContent(
      this.now,
      `It is ${time} on ${fullDay(now, workspace.zone)} for ${workspace.directory.userName(workspace.me) ?? "you"}.`,
    );
  }
}
