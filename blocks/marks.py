"""The emoji that lead a line. Switched off, each becomes nothing: no line may lean on its mark for its meaning."""

from collections.abc import Mapping

_MARKS: dict[str, str] = {
    "notes": "📝",
    "summary": "🧭",
    "actions": "📌",
    "heard": "👂",
    "crm": "🗂️",
    "stage": "📈",
    "tasks": "☑️",
    "mail": "📧",
    "next": "💡",
    "done": "✅",
    "cancelled": "🚫",
    "expired": "⌛",
    "warn": "⚠️",
    "wait": "⏳",
    "run": "🔄",
    "hand": "✋",
    "skip": "⏭️",
    "person": "🙋",
    "mute": "🔕",
    "help": "👋",
    "info": "💬",
    "home": "🏠",
    "settings": "⚙️",
}


def marks(on: bool) -> Mapping[str, str]:
    """Name → emoji with its space, or the empty string."""
    return {name: f"{emoji} " if on else "" for name, emoji in _MARKS.items()}
