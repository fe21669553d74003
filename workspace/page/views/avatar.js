/** Faces: initials on the person's colour; an app gets a bolt. Decorative, because the name stands beside it. */
import { initials } from "../core/directory.js";
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** @param {"small" | "medium" | "large"} size */
export function avatar(userId, directory, size = "large") {
  const isApp = directory.person(userId)?.is_bot || directory.appOfUser(userId);
  const face = h(
    "span",
    { class: `avatar avatar-${size}`, "aria-hidden": "true" },
    isApp
      ? icon("bolt", { size: size === "large" ? 20 : 14, fill: true })
      : initials(directory.person(userId)?.real_name ?? directory.userName(userId)),
  );
  face.style.backgroundColor = directory.color(userId);
  return face;
}
