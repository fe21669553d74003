"""Whose turn it is: order and room, without a clock."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.lanes import Lanes, Places, Work
from sequences.ports.dispatch import WorkKind

WORKERS = 8
PLACES = Places.around(WORKERS)


def job(number: object) -> Work:
    return Work(WorkKind.JOB, str(number))


def flooded(*orgs: str, number: int = 500, kinds: tuple[WorkKind, ...] = (WorkKind.JOB,)) -> Lanes:
    lanes = Lanes(PLACES)
    for org_id in orgs:
        for kind in kinds:
            for count in range(number):
                assert lanes.add(Work(kind, f"{org_id} {kind} {count}"), org_id)
    return lanes


def begun(lanes: Lanes) -> list[Work]:
    """Everything that finds a place now."""
    taken = []
    while (work := lanes.take()) is not None:
        taken.append(work)
    return taken


def starts_until(lanes: Lanes, in_hand: list[Work], wanted: Work) -> int:
    """How many others begin first, when the longest in hand always ends next."""
    others = 0
    while (taken := lanes.take()) != wanted:
        if taken is None:
            lanes.finish(in_hand.pop(0))
            continue
        in_hand.append(taken)
        others += 1
    return others


def test_chain_07_one_orgs_jobs_never_hold_every_place() -> None:
    lanes = flooded("busy")
    assert len(begun(lanes)) == WORKERS
    assert lanes.add(job("b"), "quiet")
    assert begun(lanes) == [job("b")]


@pytest.mark.parametrize("kind", WorkKind)
def test_chain_07_no_kind_holds_every_place(kind: WorkKind) -> None:
    lanes = flooded(*(f"org {number}" for number in range(50)), kinds=(kind,), number=20)
    assert len(begun(lanes)) == PLACES.of_kind < PLACES.everything
    for other in set(WorkKind) - {kind}:
        assert lanes.add(Work(other, "new"), "org 1")
    assert {work.kind for work in begun(lanes)} == set(WorkKind) - {kind}


def test_chain_07_an_org_busy_with_everything_leaves_room_for_another() -> None:
    lanes = flooded("busy", kinds=tuple(WorkKind))
    assert len(begun(lanes)) == PLACES.of_org < PLACES.everything
    assert lanes.add(job("b"), "quiet")
    assert begun(lanes) == [job("b")]


@pytest.mark.parametrize("number", [10, 100, 900])
def test_chain_07_however_long_a_flood_another_org_waits_for_a_constant_number_of_starts(number: int) -> None:
    floods = [f"busy {count}" for count in range(4)]
    lanes = flooded(*floods, number=number, kinds=tuple(WorkKind))
    in_hand = begun(lanes)
    assert len(in_hand) == PLACES.everything
    assert lanes.add(job("b"), "quiet")
    assert starts_until(lanes, in_hand, job("b")) <= len(WorkKind) * (len(floods) + 1)


@pytest.mark.parametrize("number", [10, 900])
def test_chain_07_an_approval_during_a_flood_of_the_same_org_goes_before_the_jobs_that_wait(number: int) -> None:
    lanes = flooded("busy", number=number)
    in_hand = begun(lanes)
    approved = Work(WorkKind.ACTION, "approved")
    assert lanes.add(approved, "busy")
    assert starts_until(lanes, in_hand, approved) == 0


def test_chain_07_orgs_take_turns() -> None:
    lanes = flooded("a", "b", "c", number=3)
    assert [work.id.split()[0] for work in begun(lanes)] == ["a", "b", "c"] * 3


def test_within_an_org_the_longest_waiting_goes_first() -> None:
    lanes = flooded("a", number=5)
    assert [work.id for work in begun(lanes)] == [f"a job {number}" for number in range(5)]


def test_chain_13_a_million_wakes_of_the_same_work_are_one() -> None:
    lanes = Lanes(PLACES)
    for _ in range(1_000_000):
        lanes.add(job("a"), "busy")
    assert lanes.queued(WorkKind.JOB) == 1
    assert begun(lanes) == [job("a")]


def test_chain_18_beyond_its_bound_an_orgs_queue_is_left_to_the_tables() -> None:
    lanes = Lanes(PLACES, most_queued=10)
    assert [lanes.add(job(number), "busy") for number in range(12)] == [True] * 10 + [False] * 2
    assert lanes.add(job("b"), "quiet"), "another org's is its own"
    assert lanes.queued(WorkKind.JOB) == 11


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.sampled_from(WorkKind), st.integers(0, 5), st.integers(0, 30)),
            st.just("take"),
            st.integers(0, 40),
        ),
        max_size=200,
    ),
    st.integers(1, 4),
)
def test_chain_13_whatever_comes_and_goes_nothing_is_doubled_lost_or_beyond_its_places(
    moves: list[object], workers: int
) -> None:
    places = Places.around(workers)
    lanes = Lanes(places, most_queued=1000)
    orgs: dict[Work, str] = {}
    queued: set[Work] = set()
    in_hand: list[Work] = []

    def take() -> Work | None:
        work = lanes.take()
        if work is not None:
            assert work in queued, "what was not queued must not begin"
            queued.remove(work)
            in_hand.append(work)
        by_kind = Counter(each.kind for each in in_hand)
        by_org = Counter(orgs[each] for each in in_hand)
        by_both = Counter((each.kind, orgs[each]) for each in in_hand)
        assert len(in_hand) <= places.everything
        assert max(by_kind.values(), default=0) <= places.of_kind
        assert max(by_org.values(), default=0) <= places.of_org
        assert max(by_both.values(), default=0) <= places.of_org_in_kind
        return work

    def finish(number: int) -> None:
        lanes.finish(in_hand.pop(number % len(in_hand)))

    for move in moves:
        match move:
            case ("add", WorkKind() as kind, int(org), int(number)):
                work = Work(kind, f"{number} of {org}")
                if work not in in_hand:
                    orgs[work] = f"org {org}"
                    queued.add(work)
                    assert lanes.add(work, orgs[work])
            case int(number) if in_hand:
                finish(number)
            case _:
                take()
    while queued or in_hand:
        if take() is None:
            finish(0)
    assert lanes.is_empty
    assert all(lanes.queued(kind) == 0 for kind in WorkKind)
