/** The list over the composer with what may be completed; the text field keeps the focus. */
import { h, replaceContent, uniqueId } from "../core/dom.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Offers {
  #all = [];
  #active = 0;

  /** @param {(offer: object) => void} onTake */
  constructor(input, onTake) {
    Object.assign(this, { input, onTake });
    const id = uniqueId("offers");
    this.element = h("div", { class: "offers", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-autocomplete", "list");
  }

  /** @param {object[]} offers see completions.js */
  show(offers) {
    this.#all = offers;
    this.element.hidden = !offers.length;
    replaceContent(
      this.element,
      offers.map((offer, index) => this.#row(offer, index)),
    );
    this.#activate(0);
  }

  #row(offer, index) {
    const row = h(
      "div",
      { class: "option", role: "option", id: uniqueId("offer") },
      h(
        "span",
        { class: "option-label" },
        h("strong", {}, offer.label),
        offer.hint && h("span", { class: "option-hint" }, offer.hint),
        offer.description && h("span", { class: "option-description" }, offer.description),
      ),
    );
    row.addEventListener("pointermove", () => this.#activate(index));
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.onTake(offer);
    });
    return row;
  }

  #activate(index) {
    const rows = [...this.element.children];
    this.#active = index;
    rows.forEach((row, at) => {
      row.classList.toggle("is-active", at === index);
      row.setAttribute("aria-selected", String(at === index));
    });
    if (rows[index]) this.input.setAttribute("aria-activedescendant", rows[index].id);
    else this.input.removeAttribute("aria-activedescendant");
    rows[index]?.scrollIntoView({ block: "nearest" });
  }

  /** @returns {boolean} whether the key was for the list */
  key({ key, shiftKey }) {
    const count = this.#all.length;
    if (!count) return false;
    const offer = this.#all[this.#active];
    if (key in STEPS) this.#activate((this.#active + STEPS[key] + count) % count);
    else if (key === "Escape") this.show([]);
    else if ((key === "Tab" && !shiftKey) || (key === "Enter" && !offer.complete)) this.onTake(offer);
    else return false;
    return true;
  }
}
