"""The odds weigh words, their meanings and what was said around."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from sequences.records.insight import Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills.detect_intents import hear_conversation
from sequences.skills.odds import weigh
from sequences.skills.odds import weights as odds_weights
from sequences.skills.odds.concepts import fold
from sequences.skills.odds.features import Heard, features_of, is_of_other_sentences, is_of_other_turns
from sequences.skills.odds.weigh import LEAST_LISTED
from sequences.skills.odds.weights import Learnt, of_turn

TIMELINE = IntentKind.TIMELINE
ORG = Org(id="o", name="Ours", team_id="T")
Said = str | tuple[str, str]  # what Bo says, or somebody and what they say


def conversation(*said: Said, side: Side = Side.PROSPECT) -> list[Heard]:
    spoken = [("Bo", each) if isinstance(each, str) else each for each in said]
    turns = tuple(Turn(index=at, speaker=who, text=text) for at, (who, text) in enumerate(spoken))
    return hear_conversation(
        MeetingMaterial(
            meeting=Meeting(
                id="m", org_id="o", title="t", started_at=datetime(2026, 1, 5, tzinfo=UTC), source="s", external_id="x"
            ),
            transcript=Transcript(turns=turns),
            sides={"Bo": side, "Ann": Side.REP},
            rep=User(id="u", org_id="o", slack_user_id="U", name="Ann"),
            org=ORG,
            timezone="UTC",
        )
    )


def weighed(*said: Said, side: Side = Side.PROSPECT) -> list[Intent]:
    return list(weigh(conversation(*said, side=side)))


def features(heard: Sequence[Heard], turn: int = -1, sentence: int = -1) -> set[str]:
    return set(list(features_of(heard, turn % len(heard)))[sentence])


Taught = dict[IntentKind, dict[str, float]]


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> Taught:
    """Weights to be filled by the test; nothing speaks for any kind as yet."""
    weights: Taught = {kind: {} for kind in IntentKind}
    known = Learnt(
        bias=dict.fromkeys(IntentKind, -2.0),
        weights=weights,
        calibration=dict.fromkeys(IntentKind, (1.0, 0.0)),
        enough=dict.fromkeys(IntentKind, 0.5),
    )
    monkeypatch.setattr(odds_weights, "learnt", lambda: known)
    return weights


def test_what_is_likely_is_listed_with_the_sentence_that_tells(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 13.0
    (found,) = weighed("It's a mess. The harvest begins. We know.")
    assert (found.kind, found.quote, found.speaker, found.turn) == (TIMELINE, "The harvest begins.", Side.PROSPECT, 0)
    assert 0.7 < found.confidence < 0.97


def test_two_sentences_that_hint_at_it_say_more_than_one(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 4.0
    assert weighed("The harvest.") == []
    taught[TIMELINE]["w:harvest"] = 5.8
    once, twice = (weighed(text)[0].confidence for text in ("The harvest.", "The harvest. The harvest."))
    assert once < twice


def test_a_long_turn_gathers_no_evidence_of_everything() -> None:
    assert of_turn([-3.0] * 40) == pytest.approx(of_turn([-3.0] * 2))
    assert of_turn([2.0, -3.0]) == pytest.approx(2.0, abs=0.01)
    assert of_turn([-9000.0]) < of_turn([9000.0, -9000.0])


def test_nothing_is_ever_quite_certain(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 1000.0
    assert weighed("harvest")[0].confidence == 0.97


def test_only_what_is_likely_enough_for_its_kind_is_listed(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 6.0
    assert weighed("the harvest")[0].confidence == LEAST_LISTED
    odds_weights.learnt().enough[TIMELINE] = 0.7
    assert weighed("the harvest") == []


def test_nobody_says_what_only_the_other_side_can(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 1000.0
    assert weighed("harvest", side=Side.REP) == []


def test_an_unknown_speaker_means_only_what_either_side_can(taught: Taught) -> None:
    for weights in taught.values():
        weights["w:harvest"] = 1000.0
    assert [item.kind for item in weighed("harvest", side=Side.UNKNOWN)] == [IntentKind.SCHEDULE_MEETING]


def test_a_joke_means_nothing(taught: Taught) -> None:
    taught[TIMELINE]["w:harvest"] = 1000.0
    assert weighed("harvest [laughs]") == []


def test_a_sentence_that_says_the_opposite_is_not_weighed(taught: Taught) -> None:
    taught[IntentKind.SEND_CONTENT]["w:deck"] = 1000.0
    assert weighed("You don't need to send the deck.") == []
    (found,) = weighed("You don't need to send the deck. The other deck is fine.")
    assert found.quote == "The other deck is fine."


def test_words_of_one_meaning_are_alike() -> None:
    folded, meanings = fold(["we", "need", "the", "proposal", "by", "friday"])
    assert folded == fold(["we", "require", "the", "quote", "by", "monday"])[0]
    assert {"WE", "NEED", "PROPOSAL", "DAY"} <= meanings


def test_the_longest_saying_wins_and_its_words_count_as_well() -> None:
    folded, meanings = fold(["too", "expensive"])
    assert len(folded) == 1
    assert "DEAR" in meanings


@pytest.mark.parametrize(("word", "folded"), [("$400", "AMOUNT"), ("12k", "AMOUNT"), ("17", "NUMBER"), ("gnu", "_")])
def test_numbers_and_strange_words(word: str, folded: str) -> None:
    assert fold([word])[0] == (folded,)


def test_an_answer_is_understood_by_the_question() -> None:
    found = features(conversation(("Ann", "Shall I send the brochure?"), "Yes please."))
    assert {"before:DOCUMENT", "before:?", "short:DOCUMENT", "agreed:DOCUMENT", f"before:side={Side.REP}"} <= found


def test_an_offer_is_understood_by_the_answer() -> None:
    heard = conversation("I could send it over.", ("Ann", "Great, thanks."))
    assert {"after:AGREE", "after:THANKS"} <= features(heard, turn=0)


def test_sentences_of_a_turn_know_each_other() -> None:
    heard = conversation("The budget is gone. It hurts.")
    assert "later:MONEY" not in features(heard, sentence=0)
    assert "earlier:MONEY" in features(heard, sentence=1)


def test_what_a_list_of_phrases_lacks_is_told_apart() -> None:
    found = features(conversation(("Ann", "Shall I send the brochure?"), "The budget is gone. Yes please."))
    of_turns = {feature for feature in found if is_of_other_turns(feature)}
    assert of_turns >= {"before:?", "stage:2", "short:DOCUMENT"}
    assert {feature for feature in found if is_of_other_sentences(feature)} >= {*of_turns, "earlier:MONEY"}
    assert not is_of_other_sentences("w:before")


def test_words_of_one_family_are_alike() -> None:
    shared = features(conversation("It was approved.")) & features(conversation("The approval is there."))
    assert "p:appro" in shared


def test_apostrophes_do_not_matter() -> None:
    assert features(conversation("I\u2019ll see")) == features(conversation("i'll see"))


@pytest.mark.parametrize("text", ["", "   ", "...", "\U0001f600", "<!channel> " * 1000])
def test_odd_text_is_borne(text: str) -> None:
    for item in weighed(text):
        assert item.quote in text


def test_the_learnt_weights_know_a_plain_request() -> None:
    assert {item.kind for item in weighed("Could you send me the data sheet, please?")} == {IntentKind.SEND_CONTENT}


def test_the_learnt_weights_know_every_kind() -> None:
    known = odds_weights.learnt()
    assert set(known.bias) == set(known.calibration) == set(known.enough) == set(IntentKind)
    assert all(slope > 0 for slope, _ in known.calibration.values())
