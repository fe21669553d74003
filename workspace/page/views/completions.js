/** What the composer offers for the word that is being typed. Pure. */
import { emojiNames, emojiText } from "../text/emoji.js";

const LIMIT = 8;

/**
 * @param {string} text the whole draft
 * @param {number} cursor
 * @returns {{label: string, insert: string, from: number, description?: string, hint?: string, mention?: string (the handle),
 *   complete?: boolean}[]} `complete`: nothing left to fill in, so Enter sends instead of taking it
 */
export function completions(text, cursor, directory) {
  const before = text.slice(0, cursor);
  const command = /^(\/\S*)$/.exec(before);
  if (command) return commands(command[1], directory);
  const person = /(?:^|\s)@([\p{L}\p{N}.-]*)$/u.exec(before);
  if (person) return people(person[1], cursor - person[1].length - 1, directory);
  const emoji = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  return emoji ? emojis(emoji[1], cursor - emoji[1].length - 1) : [];
}

/** Slack's own: workspace/interactions/builtin.py does them. */
const SLACK = {
  name: "Slack",
  commands: [
    { command: "/invite", usage_hint: "@someone", description: "Bring people or apps into this channel" },
    { command: "/leave", usage_hint: "", description: "Leave this channel" },
    { command: "/me", usage_hint: "text", description: "Say what you do" },
    { command: "/topic", usage_hint: "text", description: "Set this channel's topic" },
  ],
};

const commands = (typed, directory) =>
  [...directory.apps(), SLACK]
    .flatMap((app) =>
      (app.commands ?? [])
        .filter((each) => each.command.startsWith(typed))
        .map((each) => ({
          label: each.command,
          hint: each.usage_hint,
          description: [each.description, app.name].filter(Boolean).join(" · "),
          insert: `${each.command} `,
          from: 0,
          complete: each.command === typed,
        })),
    )
    .slice(0, LIMIT);

function people(typed, from, directory) {
  const wanted = typed.toLowerCase();
  return directory
    .people()
    .filter((person) =>
      `${person.real_name} ${person.display_name} ${person.name}`
        .toLowerCase()
        .split(" ")
        .some((word) => word.startsWith(wanted)),
    )
    .slice(0, LIMIT)
    .map((person) => {
      const name = `@${directory.userName(person.id)}`;
      return { label: name, description: person.title, insert: `${name} `, from, mention: person.name };
    });
}

const emojis = (typed, from) =>
  emojiNames()
    .filter((name) => name.startsWith(typed))
    .slice(0, LIMIT)
    .map((name) => ({ label: `${emojiText(name)} :${name}:`, insert: `:${name}: `, from }));
