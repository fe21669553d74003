/** The page's line to its server: see workspace/page_api.py for every shape. */

const BASE = "/_workspace";
const RETRY_MS = [300, 1000, 2000, 5000];

export class Server {
  /** @param {() => string | null} as who the person at the page acts as */
  constructor(as) {
    this.as = as;
    /** The last problem that an answer brought: whoever asked shows it where it happened. */
    this.told = null;
  }

  /** @returns {Promise<any>} the answer, also a refused one (`ok: false`, `error`, `message`); never throws */
  async get(path, query = {}) {
    const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value != null));
    return read(fetch(`${BASE}/${path}?${search}`));
  }

  async post(path, body = {}) {
    const form = body instanceof FormData;
    return read(
      fetch(`${BASE}/${path}`, {
        method: "POST",
        body: form ? body : JSON.stringify(body),
        headers: form ? {} : { "Content-Type": "application/json" },
      }),
    );
  }

  /** What a person does; answers when the app has answered, or has not in time. */
  async act(action) {
    const answer = await this.post("act", { as: this.as(), ...action });
    if (answer.message) this.told = answer.message;
    return answer;
  }

  /** @returns {Promise<object>} the stored file, to be named in a view's values */
  async upload(file) {
    const form = new FormData();
    form.set("as", this.as());
    form.set("file", file);
    const answer = await this.post("files", form);
    return answer.file ?? { name: file.name, error: answer.message ?? answer.error };
  }
}

async function read(request) {
  try {
    const response = await request;
    const answer = await response.json();
    return response.ok ? answer : { ok: false, error: "refused", ...answer };
  } catch {
    return { ok: false, error: "unreachable", message: "The workspace server does not answer. Is it still running?" };
  }
}

/**
 * Listens to what happens. After a broken line it connects again and says so, because something may have been missed.
 * The line is open when the server has said hello: from then on nothing is missed.
 * @param {{onEvent: (event: object) => void, onState: (state: "open" | "lost") => void}} options
 */
export class Live {
  #socket = null;
  #tries = 0;
  #timer = null;

  constructor({ onEvent, onState }) {
    Object.assign(this, { onEvent, onState });
  }

  /** @returns {Promise<void>} settled when the line is open, or the first try has failed */
  open(as) {
    this.close();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${BASE}/live?as=${encodeURIComponent(as)}`);
    this.#socket = socket;
    return new Promise((settled) => {
      socket.addEventListener("message", (frame) => {
        this.#received(JSON.parse(frame.data));
        settled();
      });
      socket.addEventListener("close", () => {
        if (socket === this.#socket) this.#lost(as);
        settled();
      });
    });
  }

  #received(event) {
    this.#tries = 0;
    if (event.type === "hello") this.onState("open");
    else this.onEvent(event);
  }

  #lost(as) {
    this.onState("lost");
    this.#timer = setTimeout(() => this.open(as), RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)]);
    this.#tries += 1;
  }

  close() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
