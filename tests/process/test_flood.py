"""From the sixth public answer a minute in a channel on, answers are private."""

from bot.process.flood import MEMBER_ANSWERS, PUBLIC_ANSWERS, WINDOW_SECONDS, Flood


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_sixth_answer_a_minute_is_one_too_many() -> None:
    flood = Flood(Clock())
    assert [flood.admits(1, user) for user in range(7)] == [True] * PUBLIC_ANSWERS + [False] * 2


def test_a_minute_after_the_first_there_is_room_for_one() -> None:
    clock = Clock()
    flood = Flood(clock)
    for second in range(PUBLIC_ANSWERS):
        clock.now = float(second)
        assert flood.admits(1, second)
    clock.now = WINDOW_SECONDS - 0.1
    assert not flood.admits(1, 8)
    clock.now = WINDOW_SECONDS
    assert flood.admits(1, 8)
    assert not flood.admits(1, 9)


def test_one_member_leaves_room_for_the_others() -> None:
    clock = Clock()
    flood = Flood(clock)
    mika = [flood.admits(1, 7) for _n in range(20)]
    assert mika == [True] * MEMBER_ANSWERS + [False] * 17
    others = [flood.admits(1, user) for user in range(8, 12)]
    room = PUBLIC_ANSWERS - MEMBER_ANSWERS
    assert others == [True] * room + [False] * (4 - room)
    assert flood.admits(2, 7), "elsewhere they may"
    clock.now = WINDOW_SECONDS
    assert flood.admits(1, 7)


def test_channels_do_not_count_for_each_other() -> None:
    flood = Flood(Clock())
    assert all(flood.admits(channel, 7) for channel in range(100))


def test_the_channels_it_remembers_are_bounded() -> None:
    flood = Flood(Clock())
    for channel in range(25_000):
        flood.admits(channel, 7)
    assert len(flood._answers) <= 10_000
    assert all(len(answers) <= PUBLIC_ANSWERS for answers in flood._answers.values())


def test_what_nobody_saw_is_given_back() -> None:
    flood = Flood(Clock())
    for _n in range(20):
        assert flood.admits(1, 7)
        flood.give_back(1, 7)
    flood.give_back(1, 8)
    flood.give_back(2, 7)
    admitted = [flood.admits(1, 7) for _n in range(MEMBER_ANSWERS + 1)]
    assert admitted == [True] * MEMBER_ANSWERS + [False]
