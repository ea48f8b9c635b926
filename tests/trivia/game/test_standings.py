"""Who leads a game, who was quick, whose streak goes on, and what was close or hard."""

from bot.state.game import GameAnswer
from bot.trivia.game.standings import (
    GameStreak,
    Moment,
    broken,
    closest,
    fastest,
    growing,
    hardest,
    rival_of,
    standings,
    winners,
)


def answered(number: int, user_id: int, points: int, seconds: float = 1.0) -> GameAnswer:
    return GameAnswer(number, user_id, 0, points > 0, points, seconds)


def hidden(number: int, user_id: int, points: int, seconds: float = 1.0) -> GameAnswer:
    return answered(number, user_id, points, seconds)._replace(is_hidden=True)


def test_a_tie_is_a_tie() -> None:
    answers = [
        answered(1, 7, 150, 9.0),
        answered(1, 8, 150, 4.0),
        answered(1, 6, 0),
        answered(2, 6, 160),
        answered(1, 5, 0),
    ]
    table = standings(answers)
    assert [(one.place, one.user_id) for one in table] == [(1, 6), (2, 7), (2, 8), (4, 5)]
    assert (table[0].points, table[0].right) == (160, 1)
    assert [one.user_id for one in winners(table)] == [6]
    assert [one.user_id for one in winners(standings(answers[:2]))] == [7, 8]
    assert standings([]) == []


def test_nobody_wins_who_has_no_points() -> None:
    assert winners(standings([answered(1, 7, 0), answered(1, 8, 0)])) == []


def test_the_hardest_round_is_that_which_the_fewest_got_right() -> None:
    answers = [answered(1, 7, 100), answered(2, 7, 0), answered(2, 8, 9)]
    assert hardest(answers) == 2
    assert hardest(answers[:1]) is None
    assert hardest([]) is None


def test_who_hides_from_boards_has_no_place_and_leaves_none_free() -> None:
    answers = [hidden(1, 7, 190), answered(1, 8, 150, 4.0), answered(1, 9, 0)]
    assert [(one.place, one.user_id) for one in standings(answers)] == [(1, 8), (2, 9)]
    assert standings(answers[:1]) == []
    assert hardest(answers) == 1, "what they chose counts all the same"
    assert fastest(answers, 1) == answers[1]
    twice = [*answers, hidden(2, 7, 190)]
    assert growing(twice, 2) is None


def test_who_hides_sees_their_own_place_and_nobody_else_sees_it() -> None:
    answers = [hidden(1, 7, 190), answered(1, 8, 150), hidden(1, 9, 500)]
    own = standings(answers, 7)
    assert [(one.place, one.user_id) for one in own] == [(1, 7), (2, 8)]
    assert [one.user_id for one in standings(answers, 8)] == [8]


def test_the_rival_is_just_ahead_or_level_or_just_behind() -> None:
    table = standings([answered(1, n, points) for n, points in ((1, 90), (2, 50), (3, 50), (4, 9))])
    rivals = [rival_of(table, one) for one in table]
    assert [rival and rival.user_id for rival in rivals] == [2, 1, 1, 3]
    level = table[1:3]
    level_rivals = [rival_of(level, one) for one in level]
    assert [rival and rival.user_id for rival in level_rivals] == [3, 2]
    assert rival_of(table[:1], table[0]) is None


def test_the_fastest_is_the_first_who_was_right() -> None:
    answers = [answered(1, 7, 0, 0.5), answered(1, 8, 100, 2.0), answered(1, 9, 100, 1.5)]
    assert fastest(answers, 1) == answers[2]
    assert fastest(answers, 2) is None


def test_a_streak_goes_on_with_each_right_answer_and_ends_with_a_wrong_or_missing_one() -> None:
    answers = [answered(number, user, 10) for number in (1, 2, 3) for user in (7, 8)]
    assert growing(answers, 1) is None, "one is no streak"
    assert growing(answers, 3) == GameStreak(3, [7, 8])
    answers += [answered(4, 7, 10), answered(4, 8, 0)]
    assert growing(answers, 4) == GameStreak(4, [7])
    assert broken(answers, 4) == GameStreak(3, [8])
    assert broken(answers, 5) == GameStreak(4, [7]), "who has gone has none either"
    assert growing(answers, 5) is None


def test_the_closest_moment_is_the_last_of_the_smallest_leads() -> None:
    answers = [answered(1, 7, 100), answered(1, 8, 90)]
    assert closest(answers) is None, "after one round there is nothing to look back at"
    answers += [answered(2, 7, 100), answered(2, 8, 105)]
    answers += [answered(3, 7, 100), answered(3, 8, 100)]
    assert closest(answers) is None, "the end was closest, and the board says it"
    answers += [answered(4, 7, 200)]
    assert closest(answers) == Moment(3, 7, 8, 5)
    assert closest([*answers, answered(5, 8, 205)]) is None
    far = [answered(n, user_id, user_id * 100) for n in (1, 2) for user_id in (7, 9)]
    assert closest(far) is None, "that was not close"
