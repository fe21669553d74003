/**
 * Builds elements. Text only ever arrives through text nodes and attributes, never as markup, so nothing that a
 * person, an app or a transcript wrote can become HTML.
 */

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `on` (event → listener), `data` (dataset) and `prop`
 *   (properties set on the object) are special; `null`, `undefined` and `false` leave an attribute out.
 * @param {...Child} children
 * @returns {any} the element; typed loosely because its properties depend on the tag
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  append(element, children);
  return element;
}

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "prop") Object.assign(element, value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** How a string becomes what is shown: itself, unless a drawer is set. Only the words of some elements are words alone. */
let drawText = (text) => [text];
const PLAIN = new Set(["OPTION", "TEXTAREA", "TITLE"]);

/** @param {(text: string) => (string | Node)[]} drawer */
export function drawTextWith(drawer) {
  drawText = drawer;
}

/** Appends strings as text, skips nothing-values, flattens lists. */
export function append(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    if (child instanceof Node || PLAIN.has(parent.tagName)) parent.append(child);
    else parent.append(...drawText(String(child)));
  }
  return parent;
}

export function replaceContent(parent, ...children) {
  parent.replaceChildren();
  return append(parent, children);
}

const SVG = "http://www.w3.org/2000/svg";

/** A 20×20 line icon from path data; decorative, so hidden from screen readers: the control around it has the name. */
export function svgIcon(paths, { size = 20, fill = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  svg.classList.add("icon", fill ? "icon-fill" : "icon-line");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

let lastId = 0;

/** An id that is unique in the page, for tying labels to controls. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
