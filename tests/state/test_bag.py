"""Nothing repeats until everything was shown; what was seen lately waits, under any filter."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.permutation import permuted
from bot.state.bag import BLOCK, RECENT, Bag, Pool, Round, current_round, draw, upcoming


def take(bag: Bag, pool: Pool, keys: Sequence[str], rng: random.Random) -> tuple[Bag, str, bool]:
    """Draw as the bot does; `keys` are the statements by place."""
    this_round = current_round(bag, pool, rng)
    while True:
        places = upcoming(this_round, pool)
        outcome = draw(bag, pool, this_round, places, [keys[place] for place in places])
        if not isinstance(outcome, Round):
            return outcome.bag, keys[places[outcome.index]], outcome.progress == outcome.size
        this_round = outcome


@given(size=st.integers(1, 3000), seed=st.integers(0, 2**63 - 1))
def test_an_order_shows_every_place_once(size: int, seed: int) -> None:
    assert sorted(permuted(place, size, seed) for place in range(size)) == list(range(size))


def test_orders_differ() -> None:
    orders = {tuple(permuted(place, 6, seed) for place in range(6)) for seed in range(2000)}
    assert len(orders) > 300


@given(size=st.integers(1, 60), seed=st.integers(0, 10_000))
def test_a_round_shows_everything_before_anything_comes_again(size: int, seed: int) -> None:
    rng, bag = random.Random(seed), Bag()
    pool, keys = Pool("all", 1, size), [str(n) for n in range(size)]
    for _round in range(3):
        drawn: list[str] = []
        for n in range(size):
            bag, key, is_last = take(bag, pool, keys, rng)
            drawn.append(key)
            assert is_last == (n == size - 1)
        assert sorted(drawn) == sorted(keys)


@given(size=st.integers(30, 60), seed=st.integers(0, 1000))
def test_what_was_seen_lately_waits_also_over_the_turn_of_a_round(size: int, seed: int) -> None:
    rng, bag = random.Random(seed), Bag()
    pool, keys = Pool("all", 1, size), [str(n) for n in range(size)]
    drawn: list[str] = []
    for _n in range(size * 3):
        bag, key, _is_last = take(bag, pool, keys, rng)
        drawn.append(key)
    for n in range(len(drawn) - RECENT):
        assert len(set(drawn[n : n + RECENT + 1])) == RECENT + 1


@given(seed=st.integers(0, 1000))
def test_what_was_seen_lately_waits_under_another_filter(seed: int) -> None:
    rng, bag = random.Random(seed), Bag()
    everything = [str(n) for n in range(40)]
    half = everything[:20]
    drawn: list[str] = []
    # With fewer left than the channel has just seen there is no choice; until then there is.
    for n in range(28):
        pool = Pool("all", 1, 40) if n % 2 else Pool("half", 1, 20)
        bag, key, _is_last = take(bag, pool, everything if n % 2 else half, rng)
        assert key not in drawn[-RECENT:]
        drawn.append(key)
    assert max(Counter(drawn).values()) <= 2


def test_a_pool_smaller_than_the_memory_still_gives_everything() -> None:
    rng, bag, pool = random.Random(1), Bag(), Pool("all", 1, 3)
    drawn: list[str] = []
    for _n in range(9):
        bag, key, _is_last = take(bag, pool, ["a", "b", "c"], rng)
        drawn.append(key)
    assert [set(drawn[n : n + 3]) for n in (0, 3, 6)] == [{"a", "b", "c"}] * 3


def test_an_edited_pack_starts_a_round_anew() -> None:
    rng, bag = random.Random(1), Bag()
    bag, _key, _is_last = take(bag, Pool("all", 1, 30), [str(n) for n in range(30)], rng)
    edited = Pool("all", 2, 31)
    assert current_round(bag, edited, rng).position == 0


def test_a_bag_does_not_grow_with_the_filters_used() -> None:
    rng, bag = random.Random(1), Bag()
    for n in range(200):
        bag, _key, _is_last = take(
            bag, Pool(f"filter {n}", 1, 5), [f"{n}/{m}" for m in range(5)], rng
        )
    assert len(bag.rounds) <= 16
    assert len(bag.recent) == RECENT


@pytest.mark.parametrize("size", [1, 2, 3, 1_000_000])
def test_a_draw_looks_at_few_places(size: int) -> None:
    pool = Pool("all", 1, size)
    this_round = current_round(Bag(), pool, random.Random(1))
    assert len(upcoming(this_round, pool)) == min(size, BLOCK)


@given(size=st.integers(1, 60), seed=st.integers(0, 2**63 - 1))
def test_what_comes_next_alone_was_looked_at_with_its_block(size: int, seed: int) -> None:
    pool = Pool("all", 1, size)
    coming = [upcoming(Round(1, seed, position), pool) for position in range(size)]
    order = [place for places in coming[::BLOCK] for place in places]
    assert sorted(order) == list(range(size))
    for position, places in enumerate(coming):
        if position % BLOCK:
            assert places == (order[position],)
