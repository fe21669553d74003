"""Transcript files in, one ``Transcript`` out: WebVTT, SubRip, MeetingBaaS, generic JSON and plain text.

``docs/transcripts.md`` describes every shape that is read.
"""

from sequences.transcripts.english import is_english
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.parse import parse_transcript

__all__ = ["TranscriptError", "is_english", "parse_transcript"]
