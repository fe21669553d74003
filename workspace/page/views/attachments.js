/** Files that will go out with the message: chosen, dropped or pasted; each can be taken off again. */
import { chip } from "../core/chip.js";
import { h, replaceContent } from "../core/dom.js";
import { toolButton } from "../core/tool_button.js";

export class Attachments {
  #files = [];

  /** @param {{upload: (file: File) => Promise<object>, toast: Function, onChange: () => void}} options */
  constructor({ upload, toast, onChange }) {
    Object.assign(this, { upload, toast, onChange });
    this.chips = h("ul", { class: "attached", "aria-label": "Files to send" });
    this.input = h("input", {
      type: "file",
      multiple: true,
      class: "visually-hidden",
      tabindex: "-1",
      "aria-hidden": "true",
    });
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.button = toolButton("plus", "Attach files", () => this.input.click());
  }

  /** Lets files be dropped on this element, or pasted into it. */
  accept(element) {
    element.addEventListener("dragover", (event) => event.preventDefault());
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
    element.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) this.add([...event.clipboardData.files]);
    });
  }

  async add(picked) {
    this.input.value = "";
    for (const file of picked) {
      const stored = await this.upload(file);
      if (stored.error) this.toast(`${file.name}: ${stored.error}`, "error");
      else this.#files.push(stored);
      this.#draw();
    }
  }

  get ids() {
    return this.#files.map((file) => file.id);
  }

  clear() {
    this.#files = [];
    this.#draw();
  }

  #draw() {
    const remove = (file) => {
      this.#files = this.#files.filter((each) => each !== file);
      this.#draw();
    };
    replaceContent(
      this.chips,
      this.#files.map((file) => chip("li", file.name, () => remove(file))),
    );
    this.onChange();
  }
}
