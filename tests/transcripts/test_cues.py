"""WebVTT and SubRip as Zoom, Teams and Google Meet write them."""

import pytest

from sequences.transcripts import TranscriptError, parse_transcript


def said(text: str, filename: str | None = None) -> list[tuple[str, str, float | None]]:
    return [
        (turn.speaker, turn.text, turn.start_s) for turn in parse_transcript(text.encode(), filename=filename).turns
    ]


def cue(start: int, text: str, *, seconds: int = 2) -> str:
    return f"00:00:{start:02}.000 --> 00:00:{start + seconds:02}.000\n{text}\n\n"


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "".join(cues)


def test_voice_tags_name_the_speaker_and_entities_are_decoded() -> None:
    text = vtt(cue(1, "<v Ann Lee>Nuts &amp; bolts, x &lt; y.</v>"), cue(4, "<v.loud Bob>I <b>see</b>.</v>"))
    assert said(text) == [("Ann Lee", "Nuts & bolts, x < y.", 1), ("Bob", "I see.", 4)]


def test_a_name_and_a_colon_does_as_well() -> None:
    assert said(vtt(cue(1, "Ann Lee: Hello."), cue(4, "Bob: Time: ten."))) == [
        ("Ann Lee", "Hello.", 1),
        ("Bob", "Time: ten.", 4),
    ]


@pytest.mark.parametrize("label", ["[{}] ", "({}) ", "[{}]: ", "{}:\n", "{}\uff1a"])
def test_other_labels_do_where_names_come_back(label: str) -> None:
    names = ("Ann Lee", "Bob", "Ann Lee", "Bob")
    cues = [cue(1 + 4 * at, label.format(name) + f"Hello {at}.") for at, name in enumerate(names)]
    assert said(vtt(*cues)) == [(name, f"Hello {at}.", 1 + 4 * at) for at, name in enumerate(names)]


def test_sounds_in_brackets_are_nobody() -> None:
    with pytest.raises(TranscriptError, match="who speaks"):
        said(vtt(cue(1, "[Music] Welcome."), cue(4, "Thank you all."), cue(8, "[Applause] So."), cue(12, "Good.")))


def test_times_with_commas_are_read() -> None:
    text = vtt(cue(1, "<v Ann>Yes, 1,500 of them.</v>"), cue(4, "<v Bob>I see.</v>"))
    assert said(text.replace(".000", ",000")) == said(text)


def test_two_voices_in_one_cue_are_two_turns() -> None:
    assert said(vtt(cue(1, "<v Ann>Hi.</v><v Bob>Hello.</v>"))) == [("Ann", "Hi.", 1), ("Bob", "Hello.", 1)]
    assert said(vtt(cue(1, "- Ann: Hi.\n- Bob: Hello."))) == [("Ann", "Hi.", 1), ("Bob", "Hello.", 1)]


def test_a_sentence_that_runs_on_is_one_turn() -> None:
    text = vtt(cue(1, "<v Ann>I'll send you the"), cue(3, "<v Ann>quote on Friday."), cue(5, "<v Ann>And then"))
    assert said(text) == [("Ann", "I'll send you the quote on Friday.", 1), ("Ann", "And then", 5)]


def test_neither_a_pause_nor_another_speaker_is_bridged() -> None:
    assert len(said(vtt(cue(1, "<v Ann>I'll send you the"), cue(9, "<v Ann>quote.")))) == 2
    assert len(said(vtt(cue(1, "<v Ann>I'll send you the"), cue(3, "<v Bob>quote.")))) == 2


def test_a_cue_without_a_name_belongs_to_whoever_spoke_before() -> None:
    assert said(vtt(cue(1, "Ann: Hello."), cue(3, "Again."))) == [("Ann", "Hello.", 1), ("Ann", "Again.", 3)]


def test_headers_notes_styles_and_identifiers_are_skipped() -> None:
    text = (
        "WEBVTT - a title\nKind: captions\n\nNOTE by a person\n\nSTYLE\n::cue{}\n\n"
        "4f2a/12-0\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hi.\n\n"
    )
    assert said(text) == [("Ann", "Hi.", 1)]


def test_subrip_with_and_without_numbers() -> None:
    numbered = "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello.\n\n2\n00:00:02,000 --> 00:00:03,000\nBob: Hi.\n\n"
    bare = "00:00:01,000 --> 00:00:02,000\nAnn: Hello.\n\n00:00:02,000 --> 00:00:03,000\nBob: Hi.\n\n"
    assert said(numbered) == said(bare) == [("Ann", "Hello.", 1), ("Bob", "Hi.", 2)]


@pytest.mark.parametrize(
    "text",
    [
        vtt(cue(1, "<v Ann>Hi."), "00:00:04.000 --> 00:0"),
        vtt(cue(1, "<v Ann>Hi."), "00:00:04.000 -->"),
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello.\n\n2\n00:00:02,0",
    ],
)
def test_half_a_file_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match="cut off"):
        parse_transcript(text.encode())


def test_captions_without_names_are_refused() -> None:
    with pytest.raises(TranscriptError, match="does not say who speaks"):
        parse_transcript(vtt(cue(1, "Hello.")).encode())


def test_hostile_markup_stays_text() -> None:
    text = vtt(cue(1, "<v Ann>Hi <!channel> <script>alert(1)</script>.</v>"))
    assert said(text) == [("Ann", "Hi <!channel> <script>alert(1)</script>.", 1)]
