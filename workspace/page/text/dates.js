/** Dates and times the way Slack shows them: in the reader's own zone, in English. */

const ORDINALS = { one: "st", two: "nd", few: "rd", other: "th" };
const ORDINAL_RULE = new Intl.PluralRules("en-US", { type: "ordinal" });
const DAY_MS = 86_400_000;

/** Building a formatter costs a hundred times what using it does, and a long conversation needs thousands. */
const formatters = new Map();

function formatter(locale, options) {
  const key = `${locale} ${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, options));
  return formatters.get(key);
}

const formatted = (date, zone, options) => formatter("en-US", { timeZone: zone, ...options }).format(date);

/** `2026-11-20` of that moment in that zone. */
export const dayKey = (date, zone) =>
  formatter("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

/** @param {string} ts Slack's `seconds.micros` */
export const fromTs = (ts) => new Date(Number.parseFloat(ts) * 1000);

/** Twelve or twenty-four hours, as the browser's language has it. */
export function clockTime(date, zone, seconds = false) {
  const { hourCycle } = formatter(undefined, { hour: "numeric" }).resolvedOptions();
  const hour = hourCycle === "h23" ? "2-digit" : "numeric";
  return formatted(date, zone, { hour, minute: "2-digit", second: seconds ? "2-digit" : undefined, hourCycle });
}

function ordinalDay(date, zone) {
  const day = Number(formatted(date, zone, { day: "numeric" }));
  return `${day}${ORDINALS[ORDINAL_RULE.select(day)]}`;
}

function longDate(date, zone, { weekday = false, year = true, short = false } = {}) {
  const month = formatted(date, zone, { month: short ? "short" : "long" });
  const day = short ? formatted(date, zone, { day: "numeric" }) : ordinalDay(date, zone);
  const lead = weekday ? `${formatted(date, zone, { weekday: "long" })}, ` : "";
  return `${lead}${month} ${day}${year ? `, ${formatted(date, zone, { year: "numeric" })}` : ""}`;
}

/** "Sunday, November 22nd, 2026": where it matters which day it is, and the clock may have been moved. */
export const fullDay = (date, zone) => longDate(date, zone, { weekday: true });

/** "today", "yesterday", "tomorrow", or null when the day is another one. */
function nearby(date, zone, now) {
  const key = dayKey(date, zone);
  const near = { today: 0, yesterday: -1, tomorrow: 1 };
  return Object.keys(near).find((name) => dayKey(new Date(now.getTime() + near[name] * DAY_MS), zone) === key) ?? null;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The label on the line between two days of messages. */
export function dayLabel(date, zone, now) {
  const near = nearby(date, zone, now);
  if (near) return capital(near);
  return longDate(date, zone, {
    weekday: true,
    year: dayKey(date, zone).slice(0, 4) !== dayKey(now, zone).slice(0, 4),
  });
}

const SPANS = [
  ["year", 365 * DAY_MS],
  ["month", 30 * DAY_MS],
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 minutes ago", "in 2 days". */
export function ago(date, now) {
  const span = date.getTime() - now.getTime();
  const [unit, size] = SPANS.find(([, length]) => Math.abs(span) >= length) ?? ["second", 1000];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(span / size), unit);
}

const TOKENS = {
  date_num: (date, zone) => dayKey(date, zone),
  date_slash: (date, zone) => formatted(date, zone, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (date, zone) => longDate(date, zone),
  date_short: (date, zone) => longDate(date, zone, { short: true }),
  date_long: (date, zone) => longDate(date, zone, { weekday: true }),
  date_long_full: (date, zone) => longDate(date, zone, { weekday: true }),
  date_pretty: (date, zone, now) => nearby(date, zone, now) ?? longDate(date, zone),
  date_short_pretty: (date, zone, now) => nearby(date, zone, now) ?? longDate(date, zone, { short: true }),
  date_long_pretty: (date, zone, now) => nearby(date, zone, now) ?? longDate(date, zone, { weekday: true }),
  day_divider_pretty: (date, zone, now) => dayLabel(date, zone, now),
  time: (date, zone) => clockTime(date, zone),
  time_secs: (date, zone) => clockTime(date, zone, true),
  ago: (date, zone, now) => ago(date, now),
};

/**
 * Fills a `<!date^…>` format. A sentence that starts with a nearby day is capitalised, as Slack does.
 * @param {string} format e.g. `{date_short_pretty} at {time}`
 * @param {number} seconds Unix time
 * @returns {string | null} null for a time that no calendar has: the caller shows the fallback
 */
export function formatDate(format, seconds, zone, now) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const text = format.replace(/\{(\w+)\}/g, (whole, token) => TOKENS[token]?.(date, zone, now) ?? whole);
  return format.startsWith("{date") && text ? capital(text) : text;
}

/** `2026-11-20T14:05` on the clock of that zone. @param {number} seconds Unix time */
export function wallTime(seconds, zone) {
  const date = new Date(seconds * 1000);
  const clock = formatted(date, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${dayKey(date, zone)}T${clock}`;
}

/** The other way round. Where a clock change skips or repeats an hour, the earlier reading counts. */
export function epochOf(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`) / 1000;
  const offset = (seconds) => Date.parse(`${wallTime(seconds, zone)}Z`) / 1000 - seconds;
  const first = asUtc - offset(asUtc);
  return asUtc - offset(first);
}
