/** What the log comes to: how many, how slow, how many went wrong. Pure. */

/** @param {Iterable<object>} entries @returns {string} e.g. `12 calls, slowest 31 ms · 9 acks, slowest 14 ms · 1 failed` */
export function totals(entries) {
  const all = [...entries];
  const calls = all.filter((entry) => entry.kind === "api_call" && entry.ms != null);
  const acks = all.filter((entry) => entry.kind === "envelope" && entry.state === "acked");
  const failed =
    calls.filter((entry) => !entry.response?.ok).length +
    all.filter((entry) => entry.kind === "envelope" && ["late", "no_answer", "not_connected"].includes(entry.state))
      .length;
  return [part(calls, "call"), part(acks, "ack"), failed && `${failed} failed`].filter(Boolean).join(" · ");
}

function part(entries, name) {
  if (!entries.length) return null;
  const slowest = Math.max(...entries.map((entry) => entry.ms ?? 0));
  return `${entries.length} ${name}${entries.length === 1 ? "" : "s"}, slowest ${Math.round(slowest)} ms`;
}
