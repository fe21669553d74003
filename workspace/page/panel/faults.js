/** Letting things go wrong on purpose: the kinds come from the server, with the fields that each takes. */
import { h, replaceContent, uniqueId } from "../core/dom.js";

const FIELDS = {
  vendor: { label: "Vendor" },
  method: { label: "Method", value: "*", hint: "* for all" },
  retry_after: { label: "Retry after (s)", value: "2", number: true },
  times: { label: "Times", value: "1", number: true, hint: "0: until cleared" },
  status: { label: "Status", value: "503", number: true },
  seconds: { label: "Seconds", value: "4", number: true },
  error: { label: "Error code", value: "internal_error" },
};

export class Faults {
  constructor(page) {
    this.page = page;
    this.armed = h("div", { class: "armed", role: "status" });
    this.kinds = h("div", { class: "fault-kinds" });
    this.element = h(
      "div",
      { class: "faults" },
      h(
        "p",
        { class: "muted" },
        "Try the app when Slack or another vendor is slow, refuses or falls silent. Each fault strikes the next time it fits.",
      ),
      this.armed,
      this.kinds,
    );
    page.workspace.on("loaded", () => this.load());
    page.workspace.on("log", (entry) => entry.kind === "fault" && this.load());
  }

  async load() {
    const { faults = [], kinds = [] } = await this.page.server.get("faults");
    this.#showArmed(faults);
    if (!this.kinds.children.length)
      replaceContent(
        this.kinds,
        kinds.map((kind) => this.#form(kind)),
      );
  }

  #showArmed(faults) {
    const clear = async () => {
      await this.page.server.post("faults/clear");
      this.load();
    };
    if (faults.length) replaceContent(this.armed, this.#tools(faults.length, clear), list(faults));
    else replaceContent(this.armed, h("span", { class: "muted" }, "Nothing armed: everything works."));
  }

  #tools(count, clear) {
    const all = h("button", { class: "text-button", type: "button", on: { click: clear } }, "Clear all");
    return h("div", { class: "panel-tools" }, h("strong", {}, `${count} armed`), all);
  }

  #form({ kind, title, fields, vendors }) {
    const inputs = fields.map((name) => [name, name === "vendor" ? this.#vendor(vendors) : this.#field(name)]);
    const arm = async (event) => {
      event.preventDefault();
      const values = inputs.map(([name, { input }]) => [
        name,
        FIELDS[name]?.number ? Number(input.value) : input.value,
      ]);
      const answer = await this.page.server.post("faults", { kind, ...Object.fromEntries(values) });
      if (answer.ok === false) this.page.toast(answer.message ?? answer.error, "error");
      this.load();
    };
    return h(
      "form",
      { class: "fault", on: { submit: arm } },
      h("div", { class: "fault-title" }, title),
      h(
        "div",
        { class: "fault-fields" },
        inputs.map(([, { row }]) => row),
      ),
      h("button", { class: "bk-button", type: "submit" }, fields.length ? "Arm" : "Do it now"),
    );
  }

  #vendor(names) {
    const id = uniqueId("fault");
    const options = names.map((name) => h("option", { value: name }, name.replaceAll("_", " ")));
    const input = h("select", { id, class: "bk-input" }, options);
    return { input, row: h("div", { class: "fault-field" }, h("label", { for: id }, FIELDS.vendor.label), input) };
  }

  #field(name) {
    const { label, value, number, hint } = FIELDS[name] ?? { label: name, value: "" };
    const id = uniqueId("fault");
    const input = h("input", {
      id,
      class: "bk-input",
      type: number ? "number" : "text",
      min: number ? "0" : null,
      title: hint,
      prop: { value },
    });
    return { input, row: h("div", { class: "fault-field" }, h("label", { for: id }, label), input) };
  }
}

function list(faults) {
  const about = ({ kind, vendor, method, times }) =>
    [
      kind.replaceAll("_", " "),
      vendor?.replaceAll("_", " "),
      method !== "*" && method,
      times ? `${times}×` : "until cleared",
    ].filter(Boolean);
  return h(
    "ul",
    {},
    faults.map((fault) => h("li", {}, about(fault).join(" · "))),
  );
}
