"""The judgement can fail: what was planted is found. A suite that finds nothing in doctored ledgers proves nothing."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from chaos.judge import is_worth_comparing, judge
from chaos.points import point_of
from chaos.report import Report
from chaos.suite import Result
from chaos.traces import Traces
from chaos.trial import Deed

KINDS = ("send_email", "create_tasks", "move_deal_stage", "update_crm_fields")
QUIET = Traces(
    things=Counter([
        "meeting", "event accepted", "run", "step summarise_meeting", "card in Slack", "mail", "activities: email",
        "tasks: Send it", "follow-up proposal_generation", *(f"action {kind}" for kind in KINDS),
    ]),
    ends=Counter([
        "run completed", "card says sent", *(f"action {kind} executed" for kind in KINDS),
        *(f"trail of {kind}: executed" for kind in KINDS), "send_email decided by its owner",
    ]),
)  # fmt: skip


def with_changes(changes: dict[str, int], **flags: Any) -> Traces:
    """The quiet traces with these counts changed, wherever the name stands."""
    things, ends = Counter(QUIET.things), Counter(QUIET.ends)
    for name, by in changes.items():
        (things if name in QUIET.things else ends)[name] += by
    return replace(QUIET, things=things, ends=ends, **flags)


def test_beyond_07_a_quiet_life_is_judged_clean_and_worth_comparing_with() -> None:
    assert judge(QUIET, QUIET).is_clean
    assert is_worth_comparing(QUIET)
    assert not is_worth_comparing(with_changes({"mail": -1}))
    assert not is_worth_comparing(with_changes({"action create_tasks executed": -1}))


@pytest.mark.parametrize("name", sorted({*QUIET.things, *QUIET.ends}))
def test_beyond_07_whatever_is_missing_is_found_to_be_lost(name: str) -> None:
    verdict = judge(with_changes({name: -1}), QUIET)
    assert f"missing: {name}" in verdict.lost
    assert verdict.doubled == ()


@pytest.mark.parametrize("name", sorted(QUIET.things))
def test_beyond_07_whatever_is_there_twice_is_found_to_be_doubled(name: str) -> None:
    verdict = judge(with_changes({name: 1}), QUIET)
    assert verdict.doubled == (f"too many: {name}",)
    assert verdict.lost == ()


def test_cost_01_a_budget_still_held_is_a_loss() -> None:
    assert judge(with_changes({"budget held": 1}), QUIET).lost == ("instead: budget held",)


UNKNOWN = {
    "action send_email executed": -1, "trail of send_email: executed": -1, "card says sent": -1,
    "activities: email": -1, "action send_email failed": 1,
}  # fmt: skip


@pytest.mark.parametrize("mails", [-1, 0], ids=["it did not leave", "it left"])
def test_beyond_07_a_mail_that_nobody_can_know_of_is_no_loss_when_the_rep_is_told(mails: int) -> None:
    seen = with_changes({**UNKNOWN, "mail": mails}, told_of_mail=True, was_interrupted=True)
    verdict = judge(seen, QUIET)
    assert verdict.is_clean
    assert verdict.told


@pytest.mark.parametrize(
    "flags",
    [{}, {"told_of_mail": True}, {"was_interrupted": True}],
    ids=["silence", "told without an interruption", "interrupted without a word"],
)
def test_beyond_07_a_mail_that_nobody_was_told_of_is_lost(flags: dict[str, bool]) -> None:
    verdict = judge(with_changes({**UNKNOWN, "mail": -1}, **flags), QUIET)
    assert "missing: mail" in verdict.lost
    assert not verdict.told


def test_beyond_07_a_mail_sent_twice_is_doubled_though_the_rep_was_told() -> None:
    seen = with_changes({**UNKNOWN, "mail": 1}, told_of_mail=True, was_interrupted=True)
    assert judge(seen, QUIET).doubled == ("too many: mail",)


def test_beyond_07_where_a_model_answers_otherwise_other_findings_are_fine_but_once_each() -> None:
    other = with_changes({"tasks: Send it": -1, "action create_tasks": -1, "action create_tasks executed": -1,
                          "trail of create_tasks: executed": -1})  # fmt: skip
    assert judge(other, QUIET, answers_differ=True).is_clean
    twice = replace(other, things=other.things + Counter({"tasks: Call": 2}))
    assert judge(twice, QUIET, answers_differ=True).doubled == ("too many: tasks: Call",)
    assert "missing: mail" in judge(with_changes({"mail": -1}), QUIET, answers_differ=True).lost
    assert judge(with_changes({"card still offers": 1}), QUIET, answers_differ=True).lost != ()


def result_of(seen: Traces, number: int = 1, **deed: Any) -> Result:
    done = Deed(**{"fault": "kill -9 before a commit", "what": "the 1.", **deed})
    return Result(point=point_of(f"kill.sqlite.{number}", 7), deed=done, verdict=judge(seen, QUIET))


def test_beyond_07_one_lost_or_doubled_or_unjudged_point_fails_the_run() -> None:
    clean = result_of(QUIET)
    assert Report(seed=7, results=[clean]).is_clean
    assert not Report(seed=7, results=[]).is_clean
    for bad in (
        result_of(with_changes({"mail": -1}), 2),
        result_of(with_changes({"mail": 1}), 2),
        result_of(with_changes({"mail": 1}), 2, has_struck=False),
        Result(point=point_of("kill.sqlite.2", 7), problem="NoQuietError: it did not come to rest"),
    ):
        assert not Report(seed=7, results=[clean, bad]).is_clean


def test_beyond_07_the_report_counts_points_lost_and_doubled_by_fault() -> None:
    report = Report(
        seed=7,
        results=[
            result_of(QUIET, 1),
            result_of(with_changes({"mail": -1, "run": -1}), 2),
            result_of(with_changes({"card in Slack": 1}), 3),
            result_of(QUIET, 4, has_struck=False),
            Result(point=point_of("kill.sqlite.5", 7), problem="never came to rest"),
        ],
        skipped={"disk.sqlite": "no memory disk"},
    )
    told = report.to_json()
    assert {name: told[name] for name in ("points", "lost", "doubled", "seed")} == {
        "points": 3, "lost": 1, "doubled": 1, "seed": 7,
    }  # fmt: skip
    assert told["unjudged"] == ["kill.sqlite.5"]
    assert told["never_struck"] == ["kill.sqlite.4"]
    assert told["by_fault"] == {
        "kill -9 before a commit (sqlite)": {"points": 3, "lost": 1, "doubled": 1, "told": 0}
    }  # fmt: skip
    assert "disk.sqlite" in report.table()
