/**
 * What each kind of select offers, and how a choice is written down. A source gives groups of items
 * `{key, label, description?, raw}`; `raw` is what goes into the answer.
 */
import { plainText } from "./text_objects.js";

const fromOption = (option) => ({
  key: option.value,
  label: plainText(option.text),
  raw: option,
  description: option.description ? plainText(option.description) : null,
});

const grouped = (element) =>
  element.option_groups
    ? element.option_groups.map((group) => ({ label: plainText(group.label), items: group.options.map(fromOption) }))
    : [{ label: null, items: (element.options ?? []).map(fromOption) }];

const single = (items) => [{ label: null, items }];

const listed = async (element) => grouped(element);
const people = async (element, place) =>
  single(
    place.reader.directory.people().map((person) => ({
      key: person.id,
      label: person.real_name,
      description: person.title || null,
      raw: person.id,
    })),
  );

const KIND_NAMES = { channel: "public", private: "private", im: "im", mpim: "mpim" };

function conversationsWhere(allowed) {
  return async (element, place) =>
    single(
      place.reader.directory
        .conversations()
        .filter((each) => allowed(element, each))
        .map((each) => ({ key: each.id, label: place.reader.directory.conversationLabel(each.id), raw: each.id })),
    );
}

const channels = conversationsWhere((element, each) => each.kind === "channel");
const conversations = conversationsWhere(
  (element, each) =>
    (element.filter?.include?.includes(KIND_NAMES[each.kind]) ?? true) &&
    !(element.filter?.exclude_bot_users && each.app_id),
);

async function external(element, place, query) {
  if (query.length < (element.min_query_length ?? 3)) return [];
  const answer = await place.surface.suggest(place.blockId, element.action_id, query);
  if (answer.error) throw new Error(answer.message ?? answer.error);
  return grouped({
    options: answer.options,
    option_groups: answer.option_groups?.length ? answer.option_groups : undefined,
  });
}

const SOURCES = { static: listed, external, users: people, channels, conversations };
const FIELDS = {
  static: "selected_option",
  external: "selected_option",
  users: "selected_user",
  channels: "selected_channel",
  conversations: "selected_conversation",
};

/** @returns {{field: string, multi: boolean, search: (query: string) => Promise<object[]>, remote: boolean, show: (raw) => object}} */
export function sourceOf(element, place) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "").replace("_select", "");
  const remote = kind === "external";
  return {
    multi,
    remote,
    field: FIELDS[kind] + (multi ? "s" : ""),
    search: async (query) => matching(await SOURCES[kind](element, place, query), remote ? "" : query),
    show: (raw) => shown(kind, raw, place.reader.directory),
  };
}

function shown(kind, raw, directory) {
  if (typeof raw === "object") return fromOption(raw);
  return {
    key: raw,
    raw,
    label: kind === "users" ? (directory.userName(raw) ?? raw) : directory.conversationLabel(raw),
  };
}

function matching(groups, query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return groups;
  const fits = (item) => `${item.label} ${item.description ?? ""}`.toLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, items: group.items.filter(fits) })).filter((group) => group.items.length);
}
