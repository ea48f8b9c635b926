"""Who leads a game, by how much, and what was close, quick or hard in it: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.state.game import GameAnswer

# What a question of medium difficulty is worth: who was further ahead was not to be caught at once.
_CLOSE: Final = 100
# Two right answers may be luck, and are what a streak begins with.
_STREAK: Final = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A player's place; who has as many points shares it."""

    place: int
    user_id: int
    points: int
    right: int


class GameStreak(NamedTuple):
    """Right answers in a row, and who has as many."""

    length: int
    user_ids: Sequence[int]


class Moment(NamedTuple):
    """How few points were between the first two after a round; `gap` is 0 where they were level."""

    round: int
    first_id: int
    second_id: int
    gap: int


def standings(answers: Sequence[GameAnswer], viewer_id: int | None = None) -> list[Standing]:
    """Order the players by points.

    Who hides from boards has no place, and leaves none free; a viewer sees their own all the same.
    """
    visible = [answer for answer in answers if not answer.is_hidden or answer.user_id == viewer_id]
    sums = {answer.user_id: [0, 0] for answer in visible}
    for answer in visible:
        sums[answer.user_id][0] += answer.points
        sums[answer.user_id][1] += answer.is_right
    # The third key only makes the order the same each time.
    ordered = sorted(sums.items(), key=lambda player: (-player[1][0], -player[1][1], player[0]))
    points = [own for _user_id, (own, _right) in ordered]
    return [
        Standing(1 + points.index(own), user_id, own, right) for user_id, (own, right) in ordered
    ]


def winners(table: Sequence[Standing]) -> list[Standing]:
    """Give who is first; several where they have as many points, none where nobody has any."""
    return [player for player in table if player.place == 1 and player.points > 0]


def rival_of(table: Sequence[Standing], own: Standing) -> Standing | None:
    """Give who is nearest: just ahead, else level, else just behind."""
    others = [player for player in table if player.user_id != own.user_id]
    ahead = [player for player in others if player.points > own.points]
    if ahead:
        return ahead[-1]
    return others[0] if others else None


def fastest(answers: Sequence[GameAnswer], number: int) -> GameAnswer | None:
    """Give the first right answer of a round, of those who may be named."""
    right = [
        answer
        for answer in answers
        if answer.round == number and answer.is_right and not answer.is_hidden
    ]
    return min(right, key=lambda answer: answer.seconds, default=None)


def growing(answers: Sequence[GameAnswer], number: int) -> GameStreak | None:
    """Give the longest streak that goes on in a round, with all who have it."""
    return _longest(answers, number)


def broken(answers: Sequence[GameAnswer], number: int) -> GameStreak | None:
    """Give the longest streak that ends in a round, with all who had it."""
    right = _right_in(answers, number)
    before = [answer for answer in answers if answer.user_id not in right]
    return _longest(before, number - 1)


def hardest(answers: Sequence[GameAnswer]) -> int | None:
    """Give the round that the smallest share got right; None where all were right."""
    shares: dict[int, float] = {}
    for number in dict.fromkeys(answer.round for answer in answers):
        verdicts = [answer.is_right for answer in answers if answer.round == number]
        shares[number] = sum(verdicts) / len(verdicts)
    least = min(shares, key=lambda number: shares[number], default=None)
    return None if least is None or shares[least] == 1 else least


def closest(answers: Sequence[GameAnswer]) -> Moment | None:
    """Give the round after which the first two were closest, the last of several such rounds.

    None where there were no two or it was never close, and where it was in the last round: then the
    board says it all.
    """
    moments = list(_moments(answers))
    nearest = min(reversed(moments), key=lambda moment: moment.gap, default=None)
    if nearest is None or nearest is moments[-1] or nearest.gap > _CLOSE:
        return None
    return nearest


def _moments(answers: Sequence[GameAnswer]) -> Iterator[Moment]:
    for number in dict.fromkeys(answer.round for answer in answers):
        table = standings([answer for answer in answers if answer.round <= number])
        if len(table) > 1 and table[0].points:
            first, second = table[:2]
            yield Moment(number, first.user_id, second.user_id, first.points - second.points)


def _longest(answers: Sequence[GameAnswer], last: int) -> GameStreak | None:
    """Give the longest streak that reaches to a round."""
    lengths: dict[int, int] = {}
    alive = {answer.user_id for answer in answers if not answer.is_hidden}
    for number in range(last, 0, -1):
        alive &= _right_in(answers, number)
        lengths |= dict.fromkeys(alive, last - number + 1)
    longest = max(lengths.values(), default=0)
    if longest < _STREAK:
        return None
    return GameStreak(
        longest, sorted(user_id for user_id in lengths if lengths[user_id] == longest)
    )


def _right_in(answers: Sequence[GameAnswer], number: int) -> set[int]:
    return {answer.user_id for answer in answers if answer.round == number and answer.is_right}
