/** The line over a conversation: whose it is, what about, who is in it, and whether its app is there. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { toolButton } from "../core/tool_button.js";
import { avatar } from "./avatar.js";

/** @param {object} conversation @param {object | null} app the app of this DM @param {() => void} onBack */
export function conversationHeader(conversation, app, directory, onBack) {
  return [
    toolButton("back", "Back to conversations", onBack, { size: 20, className: "only-narrow" }),
    mark(conversation, app, directory),
    h("h1", { class: "pane-title" }, directory.conversationLabel(conversation.id).replace(/^#/, "")),
    app && h("span", { class: "app-badge" }, "APP"),
    conversation.is_archived && h("span", { class: "app-badge" }, "ARCHIVED"),
    h("span", { class: "pane-about" }, app ? app.description : conversation.topic),
    conversation.kind !== "im" && members(conversation, directory),
    app && !app.connected && h("span", { class: "app-off", role: "status" }, "The app is not connected"),
  ];
}

function mark({ kind, with: other }, app, directory) {
  if (kind === "im") return avatar(other ?? app?.bot_user_id, directory, "medium");
  return icon(kind === "private" ? "lock" : "hash", { size: 18 });
}

function members({ members: ids = [] }, directory) {
  const names = ids.map((id) => directory.userName(id) ?? id).join(", ");
  return h("span", { class: "pane-members", title: names }, icon("person", { size: 16 }), ids.length);
}
