/**
 * What is shown, in the address bar, so that it can be linked to and the browser's back works:
 * `#/c/{conversation}[/{ts}]` a conversation (at a message), `#/t/{conversation}/{thread ts}` with a thread open,
 * `#/home/{app}` an app's Home tab.
 */
import { Topics } from "./topics.js";

/** Addresses may be typed or cut off by hand: what cannot be decoded is taken as it is. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export class Router extends Topics {
  constructor() {
    super();
    window.addEventListener("hashchange", () => this.tell("route", this.current));
  }

  /** @returns {{view: "conversation" | "thread" | "home" | "none", id?: string, ts?: string}} */
  get current() {
    const [kind, id, ts] = location.hash.replace(/^#\//, "").split("/").map(decoded);
    const view = { c: "conversation", t: "thread", home: "home" }[kind] ?? "none";
    return { view, id, ts };
  }

  go(kind, ...parts) {
    const hash = `#/${[kind, ...parts].map(encodeURIComponent).join("/")}`;
    if (location.hash === hash) this.tell("route", this.current);
    else location.hash = hash;
  }
}
