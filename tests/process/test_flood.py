"""From the sixth public answer a minute in a channel on, answers are private."""

from bot.process.flood import PUBLIC_ANSWERS, WINDOW_SECONDS, Flood


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_sixth_answer_a_minute_is_one_too_many() -> None:
    flood = Flood(Clock())
    assert [flood.admits(1) for _n in range(7)] == [True] * PUBLIC_ANSWERS + [False] * 2


def test_a_minute_after_the_first_there_is_room_for_one() -> None:
    clock = Clock()
    flood = Flood(clock)
    for second in range(PUBLIC_ANSWERS):
        clock.now = float(second)
        assert flood.admits(1)
    clock.now = WINDOW_SECONDS - 0.1
    assert not flood.admits(1)
    clock.now = WINDOW_SECONDS
    assert flood.admits(1)
    assert not flood.admits(1)


def test_channels_do_not_count_for_each_other() -> None:
    flood = Flood(Clock())
    assert all(flood.admits(channel) for channel in range(100))


def test_the_channels_it_remembers_are_bounded() -> None:
    flood = Flood(Clock())
    for channel in range(25_000):
        flood.admits(channel)
    assert len(flood._answered) <= 10_000
