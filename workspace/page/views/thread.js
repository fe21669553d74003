/** The pane beside the conversation with one message and its replies. */
import { h, replaceContent } from "../core/dom.js";
import { toolButton } from "../core/tool_button.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messages.js";

export class Thread {
  constructor(page) {
    this.page = page;
    this.where = h("span", { class: "pane-about" });
    this.messages = new MessageList(page, { label: "Thread", inThread: true });
    this.composer = new Composer(page, { inThread: true });
    const close = toolButton("close", "Close thread", () => page.router.go("c", this.channel), { size: 20 });
    this.element = h(
      "aside",
      { class: "thread", "aria-label": "Thread", hidden: true },
      h(
        "div",
        { class: "pane-header" },
        h("h2", { class: "pane-title" }, "Thread"),
        this.where,
        h("span", { class: "topbar-space" }),
        close,
      ),
      this.messages.element,
      this.composer.element,
    );
    this.element.addEventListener(
      "keydown",
      (event) => event.key === "Escape" && !event.defaultPrevented && close.click(),
    );
  }

  show(channel, ts) {
    Object.assign(this, { channel, ts });
    this.element.hidden = false;
    replaceContent(this.where, this.page.workspace.directory.conversationLabel(channel));
    this.messages.show(channel, { thread: ts });
    this.composer.show(channel, ts);
  }

  hide() {
    this.element.hidden = true;
    this.messages.hide();
  }
}
