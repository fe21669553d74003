/** How each kind of log entry reads on one line, and what is under it. Pure. */

const ARROWS = { api_call: "→", envelope: "←" };

/** @returns {{title: string, detail: string, state: string, problem: boolean, parts: [string, any][]}} */
export function described(entry) {
  return (KINDS[entry.kind] ?? other)(entry);
}

const KINDS = {
  api_call: ({ method, request, response, status, ms }) => ({
    title: `${ARROWS.api_call} ${method}`,
    detail: String(request?.text ?? request?.user ?? request?.channel ?? ""),
    state: ms == null ? "…" : response?.ok ? "ok" : (response?.error ?? `HTTP ${status}`),
    problem: ms != null && !response?.ok,
    parts: [
      ["Request", request],
      ["Response", response],
      ["HTTP status", status],
    ],
  }),
  envelope: ({ envelope_type: type, envelope_id: id, payload, state, attempt, ack }) => ({
    title: `${ARROWS.envelope} ${payloadName(type, payload)}`,
    detail: payloadDetail(payload),
    state: state.replaceAll("_", " "),
    problem: ["late", "no_answer", "not_connected"].includes(state),
    parts: [
      ["Payload", payload],
      ["Acknowledged with", ack],
      ["Attempt", attempt],
      ["Envelope", id],
    ],
  }),
  socket: ({ event, connections, app_id: app }) => ({
    title: `Connection ${event}`,
    detail: app ?? "",
    state: `${connections} open`,
    problem: event === "closed" && !connections,
    parts: [],
  }),
  meeting: ({ sample, status, attempts, bot_id: bot }) => ({
    title: "Meeting ended",
    detail: String(sample?.title ?? sample ?? bot),
    state: String(status ?? "").replaceAll("_", " "),
    problem: ["refused", "gave_up"].includes(status),
    parts: [
      ["Attempts", attempts],
      ["Bot", bot],
    ],
  }),
  webhook: ({ mail, to, subject, status, attempts }) => ({
    title: "Mail arrived",
    detail: `${to}: ${subject}`,
    state: String(status ?? "").replaceAll("_", " "),
    problem: ["refused", "gave_up"].includes(status),
    parts: [
      ["Attempts", attempts],
      ["Mail", mail],
    ],
  }),
  http: ({ method, path, status, request, response }) => ({
    title: `${method} ${path}`,
    detail: "",
    state: String(status ?? "…"),
    problem: status >= 400,
    parts: [
      ["Request", request],
      ["Response", response],
    ],
  }),
  vendor: ({ vendor, operation, method, path, query, status, request, response, ms }) => ({
    title: `${ARROWS.api_call} ${operation === "unknown" ? `${method} ${path}` : operation.replace(`${vendor}.`, "")}`,
    detail: vendor,
    state: ms == null ? "…" : status ? String(status) : "cut",
    problem: ms != null && (!status || status >= 400),
    parts: [
      ["Request", request],
      ["Query", Object.keys(query ?? {}).length ? query : null],
      ["Response", response],
      ["Operation", operation],
      ["Path", `${method} ${path}`],
    ],
  }),
  fault: ({ n: _n, at: _at, kind: _kind, ...fault }) => ({
    title: "Fault",
    detail: [fault.fault?.vendor, fault.fault?.kind ?? fault.method].filter(Boolean).join(" "),
    state: String(fault.event ?? "applied"),
    problem: false,
    parts: [["Fault", fault]],
  }),
};

const other = (entry) => ({ title: entry.kind, detail: "", state: "", problem: false, parts: [["Entry", entry]] });

const payloadName = (type, payload) => payload?.event?.type ?? payload?.type ?? payload?.command ?? type;

function payloadDetail(payload) {
  const action = payload?.actions?.[0];
  if (action) return action.action_id;
  if (payload?.command) return payload.text ?? "";
  return payload?.view?.callback_id ?? payload?.event?.text ?? payload?.callback_id ?? "";
}
