"""Points are drawn once and for all by the seed: the same ones every time, and each by itself."""

import pytest

from chaos.points import DATABASES, ONLY_ON, SHARES, PointError, only, plan, point_of


def test_every_family_is_tried_on_every_database_that_it_is_about() -> None:
    found = {(point.family, point.database) for point in plan(7, 20)}
    assert found == {(family, where) for family in SHARES for where in ONLY_ON.get(family, DATABASES)}


@pytest.mark.parametrize("points", [60, 300, 1000])
def test_a_plan_has_about_as_many_points_as_asked_for(points: int) -> None:
    assert len(plan(7, points)) == pytest.approx(points, rel=0.1)


def test_a_point_is_the_same_alone_and_among_others() -> None:
    for point in plan(7, 100):
        again = point_of(point.id, 7)
        assert again == point
        assert again.draw().random() == point.draw().random()


def test_another_seed_and_another_point_throw_other_dice() -> None:
    thrown = {point.draw().random() for seed in (1, 2) for point in plan(seed, 100)}
    assert len(thrown) == len(plan(1, 100)) + len(plan(2, 100))


def test_only_some_points_can_be_asked_for() -> None:
    every = plan(7, 100)
    assert only(every, "") == every
    assert {point.family for point in only(every, "slack, clock.sqlite")} == {"slack", "clock"}
    assert {point.database for point in only(every, "clock.sqlite")} == {"sqlite"}


@pytest.mark.parametrize("wrong", ["", "kill", "kill.sqlite", "kill.oracle.1", "disk.postgres.1", "kill.sqlite.x"])
def test_what_is_no_point_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(PointError, match=r"kill\.sqlite\.17"):
        point_of(wrong, 7)
