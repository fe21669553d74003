"""Odds beside the rules: they add what they are sure of, drop what they find absurd, and leave the rest alone."""

from datetime import UTC, datetime

import pytest

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills.odds import weigh
from sequences.skills.odds import weights as odds_weights
from sequences.skills.odds.features import features_of

TIMELINE = IntentKind.TIMELINE
ORG = Org(id="o", name="Ours", team_id="T")


def material(*texts: str, side: Side = Side.PROSPECT) -> MeetingMaterial:
    turns = tuple(Turn(index=at, speaker="Bo", text=text) for at, text in enumerate(texts))
    return MeetingMaterial(
        meeting=Meeting(
            id="m", org_id="o", title="t", started_at=datetime(2026, 1, 5, tzinfo=UTC), source="s", external_id="x"
        ),
        transcript=Transcript(turns=turns),
        sides={"Bo": side},
        rep=User(id="u", org_id="o", slack_user_id="U", name="Ann"),
        org=ORG,
        timezone="UTC",
    )


def heard(turn: int = 0) -> Intent:
    return Intent(kind=TIMELINE, speaker=Side.PROSPECT, speaker_name="Bo", quote="by May", turn=turn, confidence=0.9)


@pytest.fixture
def odds(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Weights of timeline, to be filled by the test; no other kind has any."""
    learnt: dict[str, float] = {"theirs:bias": -2.0, "ours:bias": -2.0}
    others = {kind: {"theirs:bias": -9.0, "ours:bias": -9.0} for kind in IntentKind}
    monkeypatch.setattr(odds_weights, "learnt", lambda: {**others, TIMELINE: learnt})
    return learnt


def test_what_is_sure_is_added_with_the_sentence_that_tells(odds: dict[str, float]) -> None:
    odds["theirs:harvest"] = 4.0
    (found,) = weigh(material("It's a mess. The harvest begins. We know."), Intents()).items
    assert (found.kind, found.quote, found.speaker, found.turn) == (TIMELINE, "The harvest begins.", Side.PROSPECT, 0)
    assert found.confidence == 0.88


def test_odds_alone_are_never_surer_than_a_rule(odds: dict[str, float]) -> None:
    odds["theirs:harvest"] = 40.0
    assert weigh(material("harvest"), Intents()).items[0].confidence == 0.9


def test_what_is_absurd_is_dropped(odds: dict[str, float]) -> None:
    odds["theirs:told"] = -9.0
    assert weigh(material("We told you by May"), Intents(items=(heard(),))).items == ()


def test_in_between_the_rules_stand(odds: dict[str, float]) -> None:
    assert weigh(material("Well, by May"), Intents(items=(heard(),))).items == (heard(),)
    assert weigh(material("Well, by May"), Intents()).items == ()


def test_nobody_says_what_only_the_other_side_can(odds: dict[str, float]) -> None:
    odds["ours:harvest"] = 40.0
    assert weigh(material("harvest", side=Side.REP), Intents()).items == ()


def test_an_unknown_speaker_is_left_to_the_rules(odds: dict[str, float]) -> None:
    odds["theirs:harvest"] = 40.0
    odds["theirs:may"] = -40.0
    given = Intents(items=(heard(1),))
    assert weigh(material("harvest", "by May", side=Side.UNKNOWN), given) == given


def test_amounts_days_and_months_are_folded() -> None:
    one = features_of("Forty by Friday, or in May", "", is_ours=False)
    assert one == features_of("30 by Monday, or in October", "", is_ours=False)


def test_short_turns_remember_the_turn_before() -> None:
    assert "theirs:before:brochure" in features_of("Please do.", "Shall I send the brochure?", is_ours=False)
    assert not any("before" in feature for feature in features_of("no " * 10, "the brochure", is_ours=False))


def test_apostrophes_do_not_matter() -> None:
    assert features_of("I\u2019ll see", "", is_ours=True) == features_of("ill see", "", is_ours=True)


@pytest.mark.parametrize("text", ["", "   ", "...", "\U0001f600", "<!channel> " * 1000])
def test_odd_text_is_borne(text: str) -> None:
    for item in weigh(material(text), Intents()).items:
        assert item.quote in text


def test_the_learnt_weights_know_a_plain_request() -> None:
    kinds = {item.kind for item in weigh(material("Could you send me the data sheet, please?"), Intents()).items}
    assert kinds == {IntentKind.SEND_CONTENT}
