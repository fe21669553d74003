/** The menu with the apps' global shortcuts and slash commands. */
import { attachMenu } from "../blockkit/menu.js";
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** @param {(text: string) => void} onCommand gets the beginning of a command to be completed */
export function shortcutsButton(page, onCommand) {
  const button = h(
    "button",
    { class: "tool", type: "button", "aria-label": "Shortcuts", title: "Commands and shortcuts" },
    icon("bolt", { size: 18 }),
  );
  return attachMenu(button, () => items(page, onCommand), { label: "Commands and shortcuts", alignEnd: false });
}

function items(page, onCommand) {
  const all = page.workspace.directory.apps().flatMap((app) => [...shortcuts(app, page), ...commands(app, onCommand)]);
  return all.length ? all : [{ content: "No commands", choose: () => {} }];
}

const row = (name, about, choose) => ({ content: [name, h("span", { class: "option-description" }, about)], choose });

const commands = (app, onCommand) =>
  (app.commands ?? []).map((each) => row(each.command, each.description, () => onCommand(`${each.command} `)));

const shortcuts = (app, page) =>
  (app.shortcuts ?? [])
    .filter((each) => each.type === "global")
    .map((each) =>
      row(each.name, app.name, () => page.act({ type: "shortcut", callback_id: each.callback_id, app_id: app.id })),
    );
