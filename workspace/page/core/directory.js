/** Names and faces of people, apps and conversations. */

import { colorOf, groundForWhite } from "./colors.js";

const SLACKBOT = "USLACKBOT";

export class Directory {
  #people = new Map();
  #conversations = new Map();
  #apps = new Map();

  load({ people, conversations, apps }) {
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#conversations = new Map(conversations.map((each) => [each.id, each]));
    this.#apps = new Map(apps.map((app) => [app.id, app]));
  }

  /** Keeps it, or forgets one that this person may no longer see. */
  put(conversation) {
    if (conversation.is_visible === false) this.#conversations.delete(conversation.id);
    else this.#conversations.set(conversation.id, conversation);
  }

  person = (id) => this.#people.get(id);
  app = (id) => this.#apps.get(id);
  apps = () => [...this.#apps.values()];
  appOfUser = (userId) => this.apps().find((app) => app.bot_user_id === userId);
  conversation = (id) => this.#conversations.get(id);
  conversations = () => [...this.#conversations.values()];
  dmWithApp = (appId) => this.conversations().find((each) => each.app_id === appId);

  /** Those a reviewer can act as: people, not bots. */
  humans = () => this.people().filter((person) => !person.is_bot);
  people = () => [...this.#people.values()].filter((person) => !person.deleted && person.id !== SLACKBOT);

  userName(id) {
    const person = this.#people.get(id);
    return person && (person.display_name || person.real_name || person.name);
  }

  channelName(id) {
    const conversation = this.#conversations.get(id);
    return conversation?.name && !["im", "mpim"].includes(conversation.kind) ? conversation.name : null;
  }

  /** As it stands in lists: `#general`, `Ada Reyes`. */
  conversationLabel(id) {
    const conversation = this.#conversations.get(id);
    if (!conversation) return id;
    if (conversation.kind === "im") return this.userName(conversation.with) ?? conversation.name ?? "Direct message";
    if (conversation.kind === "mpim") return conversation.members.map((member) => this.userName(member)).join(", ");
    return `#${conversation.name}`;
  }

  color(id) {
    return groundForWhite(this.#people.get(id)?.color ?? this.appOfUser(id)?.color) ?? colorOf(id);
  }
}

/** One or two letters for a face without a picture. */
export function initials(name) {
  const words = String(name ?? "?")
    .split(/\s+/)
    .filter(Boolean);
  return (
    [words[0], words.length > 1 ? words.at(-1) : ""]
      .map((word) => [...(word ?? "")][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}
