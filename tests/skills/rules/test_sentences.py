"""Speech to normalised words, and back to the very words that were said."""

import pytest

from sequences.skills.rules.sentences import is_question, read_sentences
from sequences.skills.rules.wording import tidy, told_to_them


def plain(text: str) -> list[str]:
    return [sentence.plain for sentence in read_sentences(0, text)]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Um, I'll, I'll get that over to you.", ["i will get that over to you"]),
        ("ill send it and well get back to you", ["i will send it and we will get back to you"]),
        ("I feel ill. Well, that's life.", ["i feel ill", "well that is life"]),
        ("We can't. We won\u2019t!", ["we can not", "we will not"]),
        ("It's $4,500.50 a year.", ["it is $4,500.50 a year"]),
        ("[laughs] Sure.", ["sure"]),
        ("Dr. Patel signs.", ["dr patel signs"]),
        ("IT owns it.", ["itdept owns it"]),
        ("...", []),
    ],
)
def test_read(said: str, read: list[str]) -> None:
    assert plain(said) == read


def test_every_sentence_is_verbatim() -> None:
    text = "  Well, um, yes.  We need it by May, because the old one's contract ends then \u2013 that's it.\nOkay? "
    for sentence in read_sentences(3, text):
        assert sentence.text in text
        for number in range(len(sentence.words)):
            assert sentence.quote(number, number) in text


def test_speech_without_punctuation_is_cut() -> None:
    sentences = read_sentences(0, "so we looked at it and then we said no because it was late " * 30)
    assert max(len(sentence.words) for sentence in sentences) <= 90


@pytest.mark.parametrize(
    ("said", "asks"),
    [("Could you send it?", True), ("can you send it", True), ("We could send it.", False), ("Do not send it.", False)],
)
def test_questions(said: str, *, asks: bool) -> None:
    assert is_question(read_sentences(0, said)[0]) is asks


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("um yeah so we, we need it by May", "We need it by May."),
        ("Okay, [laughs] that works", "That works."),
        ("Why?", "Why?"),
        ("", ""),
    ],
)
def test_tidy(said: str, shown: str) -> None:
    assert tidy(said) == shown


def test_told_to_them() -> None:
    assert told_to_them("We need our stores live by May.") == "You need your stores live by May."
    assert told_to_them("We need you to be quick.") is None
