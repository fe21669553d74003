/** Colours for faces: as given, darkened until white letters on them can be read. */

const HEX = /^#[0-9a-f]{6}$/i;
const READABLE = 4.5;
const OWN = ["#2e7d6b", "#8a4b9c", "#b0562b", "#2f6db3", "#9c3d54", "#5d7426", "#6b5ab5", "#87651c"];

/** @returns {string} one of the page's own colours, always the same for the same id */
export function colorOf(id) {
  const sum = [...String(id)].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return OWN[sum % OWN.length];
}

/** @returns {string | null} the colour, dark enough for white text; null when it is none */
export function groundForWhite(color) {
  if (!HEX.test(color ?? "")) return null;
  let parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  while (1.05 / (luminance(parts) + 0.05) < READABLE) parts = parts.map((part) => Math.floor(part * 0.94));
  return `rgb(${parts.join(" ")})`;
}

/** WCAG's relative luminance, 0 to 1. */
function luminance(parts) {
  const [red, green, blue] = parts
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
