"""Bytes to text: encodings, files of other kinds, sizes that nobody speaks in one meeting."""

import codecs
import re

from sequences.transcripts.errors import TranscriptError

MAX_CHARACTERS = 2_000_000
MAX_BYTES = 4 * MAX_CHARACTERS

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Office document (.docx, .xlsx)"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "a rich-text document (.rtf)"),
    (b"SQLite format 3", "a database file"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff]"
)


def read_text(data: bytes) -> str:
    """Decode a transcript file; raise TranscriptError for what is no text, empty or too long.

    UTF-8 first, then a byte order mark's own encoding, then Latin-1 as old exporters write it. Control and
    direction characters are dropped, line ends become ``\\n``.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise TranscriptError("The file is empty. Export the transcript again and send that file.")
    _refuse_other_kinds(data)
    if len(data) > MAX_BYTES:
        raise _too_long()
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    text = clean(text)
    if not text.strip():
        raise TranscriptError("The file is empty. Export the transcript again and send that file.")
    if len(text) > MAX_CHARACTERS:
        raise _too_long()
    return text


def clean(text: str) -> str:
    """Drop characters that no speaker says and no screen should obey; keep tabs and line ends."""
    return _CONTROLS.sub("", text)


def _refuse_other_kinds(data: bytes) -> None:
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind is None and data[4:8] == b"ftyp":
        kind = "an MP4 recording"
    if kind is None and data[:4] == b"RIFF":
        kind = "a WAV or AVI recording"
    if kind:
        raise TranscriptError(
            f"This is {kind}, not a transcript. Export the transcript as .vtt, .srt, .json or .txt and send that file."
        )


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise _not_text() from None
    unmarked = _utf16_without_mark(data)
    try:
        text = data.decode(unmarked or "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    sample = text[:20_000]
    odd = sum(1 for letter in sample if (letter < " " and letter not in "\t\n\r") or letter == "\ufffd")
    if odd > max(4, len(sample) * 0.02):
        raise _not_text()
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Every second byte of western text in UTF-16 is zero; other text has none."""
    head = data[:2_000]
    if head[1::2].count(0) > len(head) * 0.4 and head[::2].count(0) == 0:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) * 0.4 and head[1::2].count(0) == 0 else None


def _not_text() -> TranscriptError:
    return TranscriptError(
        "This is a binary file, not a transcript. Export the transcript as .vtt, .srt, .json or .txt and send that."
    )


def _too_long() -> TranscriptError:
    return TranscriptError(
        f"The transcript has more than {MAX_CHARACTERS:,} characters, far more than one meeting holds. "
        "Send one meeting per file."
    )
