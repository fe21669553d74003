/** What a person has filled in so far in one message, modal or Home tab, in the shape of Slack's `state.values`. */

const INITIAL = {
  plain_text_input: (e) => ({ value: e.initial_value ?? null }),
  number_input: (e) => ({ value: e.initial_value ?? null }),
  email_text_input: (e) => ({ value: e.initial_value ?? null }),
  url_text_input: (e) => ({ value: e.initial_value ?? null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

/** A container holds blocks, which hold elements. */
const flat = (blocks) => (blocks ?? []).flatMap((block) => [block, ...flat(block.child_blocks)]);
const elementsOf = (block) =>
  [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].filter(Boolean);

export class Answers {
  #values = {};
  #touched = new Set();

  /**
   * Takes over new content. What the person entered survives where block_id, action_id and type stay the same,
   * as in Slack; then what the server remembers counts, then the element's own initial value.
   */
  adopt(blocks, served = {}) {
    const next = {};
    for (const block of flat(blocks)) {
      for (const element of elementsOf(block)) {
        const value = this.#carried(block.block_id, element, served);
        if (value) (next[block.block_id] ??= {})[element.action_id] = value;
      }
    }
    this.#values = next;
  }

  #carried(blockId, element, served) {
    if (!INITIAL[element.type]) return null;
    const own = this.get(blockId, element.action_id);
    if (own?.type === element.type && this.#touched.has(`${blockId}/${element.action_id}`)) return own;
    const remembered = served[blockId]?.[element.action_id];
    return remembered?.type === element.type ? remembered : { type: element.type, ...INITIAL[element.type](element) };
  }

  get(blockId, actionId) {
    return this.#values[blockId]?.[actionId];
  }

  set(blockId, actionId, value) {
    this.#touched.add(`${blockId}/${actionId}`);
    (this.#values[blockId] ??= {})[actionId] = value;
  }

  /** @returns {Record<string, Record<string, object>>} block_id → action_id → value */
  all() {
    return this.#values;
  }
}
