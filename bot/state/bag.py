"""The no-repeat draw: pure functions, a bag and what is upcoming in, an item out."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bot.interview.permutation import permuted

BLOCK: Final = 8
"""Places whose items are read at once."""
_REMEMBERED_BLOCKS: Final = 2048
RECENT: Final = 10
MAX_ROUNDS: Final = 16


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be drawn under one filter: `size` items, numbered from 0.

    `stamp` changes when the items do; a round of another stamp starts anew.
    """

    key: str
    stamp: int
    size: int


@dataclass(frozen=True, slots=True)
class Round:
    """One way through a pool: the first `position` places of the order that `seed` gives.

    `waiting` are places that were passed over because the channel had seen them lately.
    """

    stamp: int
    seed: int
    position: int = 0
    waiting: tuple[int, ...] = ()

    def progress(self) -> int:
        """Count the items of the round that were shown."""
        return self.position - len(self.waiting)


@dataclass(frozen=True, slots=True)
class Bag:
    """What a channel has seen: a round a filter, and the last statements under any of them."""

    rounds: Mapping[str, Round] = field(default_factory=dict[str, Round])
    recent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn item: its `index` in the candidates, and how far its round is."""

    bag: Bag
    index: int
    progress: int
    size: int


def current_round(bag: Bag, pool: Pool, rng: random.Random) -> Round:
    """Give the round under way, or a new one where all was shown or the items have changed."""
    this_round = bag.rounds.get(pool.key)
    if (
        this_round is not None
        and this_round.stamp == pool.stamp
        and this_round.progress() < pool.size
    ):
        return this_round
    return new_round(pool, rng)


def new_round(pool: Pool, rng: random.Random) -> Round:
    return Round(pool.stamp, rng.getrandbits(63))


def upcoming(this_round: Round, pool: Pool) -> tuple[int, ...]:
    """List the places to look at next: some not seen yet, at the end of the round those waiting.

    Where a block of places begins these are all of it, and after that the next one alone: what
    stands there was read with the others, and mostly fits.
    """
    if this_round.position >= pool.size:
        return this_round.waiting
    block, n = divmod(this_round.position, BLOCK)
    places = _block(this_round.seed, pool.size, block)
    return places[n : n + 1] if n else places


@lru_cache(_REMEMBERED_BLOCKS)
def _block(seed: int, size: int, block: int) -> tuple[int, ...]:
    begin = block * BLOCK
    return tuple(permuted(n, size, seed) for n in range(begin, min(begin + BLOCK, size)))


def draw(
    bag: Bag,
    pool: Pool,
    this_round: Round,
    places: Sequence[int],
    keys: Sequence[str | None],
    rivals: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Draw | Round:
    """Take the first of `places` (from `upcoming`) whose statement, in `keys`, is not recent.

    Nor may one of its `rivals` be, the statements that must not come together with it.
    Those passed over wait for the end of the round; one whose key is None is left out of it. Where
    there is nothing to take the answer is the round to go on with; of places that wait already the
    least recent is taken.
    """
    seen_at = _seen_at(bag, rivals)
    candidates = [n for n, key in enumerate(keys) if key is not None]
    index = next((n for n in candidates if keys[n] not in seen_at), None)
    is_fresh = this_round.position < pool.size
    if index is None and candidates and not is_fresh:
        index = min(candidates, key=lambda n: seen_at[keys[n] or ""])
    position = this_round.position
    if is_fresh:
        position += len(places) if index is None else index + 1
        late = [places[n] for n in candidates if index is None or n < index]
        waiting = (*this_round.waiting, *late)
    else:
        waiting = tuple(places[n] for n in candidates if n != index)
    round_after = Round(this_round.stamp, this_round.seed, position, waiting)
    if index is None:
        return round_after
    bag = _remember(bag, pool.key, round_after, keys[index] or "")
    return Draw(bag, index, round_after.progress(), pool.size)


def _seen_at(bag: Bag, rivals: Mapping[str, Collection[str]]) -> Mapping[str, int]:
    """Count when each recent statement came, or last one of its rivals."""
    return {each: n for n, key in enumerate(bag.recent) for each in (key, *rivals.get(key, ()))}


def _remember(bag: Bag, pool_key: str, round_after: Round, statement: str) -> Bag:
    rounds = {name: each for name, each in bag.rounds.items() if name != pool_key}
    rounds[pool_key] = round_after
    while len(rounds) > MAX_ROUNDS:
        del rounds[next(iter(rounds))]
    recent = (*(key for key in bag.recent if key != statement), statement)
    return Bag(rounds, recent[-RECENT:])
