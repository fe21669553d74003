"""What several skills ask of one meeting is worked out once, and forgotten with the meeting."""

import gc
import weakref

from sequences.records.material import MeetingMaterial
from sequences.skills.rules.once import once_per_meeting
from tests.skills.meetings import meeting


class Answer:
    pass


def test_one_meeting_is_worked_on_once() -> None:
    asked: list[MeetingMaterial] = []

    @once_per_meeting
    def work(material: MeetingMaterial) -> Answer:
        asked.append(material)
        return Answer()

    first, second = meeting("R: Hello."), meeting("R: Hello.")
    assert work(first) is work(first)
    assert work(second) is not work(first)
    assert asked == [first, second, first]


def test_nothing_of_a_meeting_outlives_it() -> None:
    work = once_per_meeting(lambda _: Answer())
    material = meeting("R: Hello.")
    answer = weakref.ref(work(material))
    assert answer() is not None
    del material
    gc.collect()
    assert answer() is None
