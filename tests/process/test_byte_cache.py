"""What is remembered takes so many bytes, however large a single entry is."""

import sys
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from bot.process.byte_cache import ByteCache, size_of
from bot.state.bag import Bag, Round


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=3000)), max_size=60))
def test_all_entries_stay_below_the_bound(entries: list[tuple[str, str]]) -> None:
    cache: ByteCache[str, str] = ByteCache(20_000)
    for key, value in entries:
        cache.put(key, value)
        assert cache.size <= 20_000
        assert cache.get(key) in (value, None)
    held = {key: value for key in dict(entries) if (value := cache.get(key)) is not None}
    assert sum(size_of(key) + size_of(value) for key, value in held.items()) <= cache.size


def test_small_entries_take_what_the_bound_says() -> None:
    cache: ByteCache[int, None] = ByteCache(1_000_000)
    tracemalloc.start()
    for n in range(50_000):
        cache.put(10**18 + n, None)
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1_200_000


def test_the_keys_count_too() -> None:
    cache: ByteCache[str, int] = ByteCache(50_000)
    for n in range(1000):
        cache.put(f"{n}" * 500, n)
    assert sum(cache.get(f"{n}" * 500) is not None for n in range(1000)) <= 100


def test_what_was_not_used_lately_goes_first_and_what_fits_nowhere_is_not_kept() -> None:
    cache: ByteCache[str, bytes] = ByteCache(3000)
    for key in ("a", "b"):
        cache.put(key, bytes(1000))
    assert cache.get("a")
    cache.put("c", bytes(1000))
    assert [key for key in "abc" if cache.get(key)] == ["a", "c"]
    cache.put("a", bytes(9000))
    assert cache.get("a") is None, "not even what stood there before"
    cache.evict("c")
    assert cache.size == 0


def test_a_size_that_is_known_counts_instead_of_the_value_and_the_key_counts_too() -> None:
    cache: ByteCache[str, list[int]] = ByteCache(10_000)
    places = [*range(1000)]
    cache.put("a", places, 4000)
    assert 4000 + size_of("a") < cache.size < 5000
    cache.put("b", places, 9990)
    assert cache.get("b") is None, "with its key it is too large"
    assert cache.get("a") is places


def test_all_that_hangs_on_a_value_is_counted() -> None:
    text = "x" * 10_000
    bag = Bag({"quote": Round(1, 2, 3, (4, 5, 6))}, (text, "y"))
    assert size_of(bag) > sys.getsizeof(text)
    assert size_of({"a": [text, (text,)]}) > 2 * sys.getsizeof(text)
    assert size_of(frozenset({text})) > sys.getsizeof(text)


async def test_what_is_read_is_remembered_as_long_as_it_may_be() -> None:
    now = 100.0
    cache: ByteCache[int, int | None] = ByteCache(1000, 30, lambda: now)
    asked: list[int] = []

    async def load(key: int) -> None:
        asked.append(key)

    for _n in range(3):
        assert await cache.read(7, load) is None
    assert asked == [7], "nothing is a value too"
    now += 31
    await cache.read(7, load)
    cache.evict(7)
    await cache.read(7, load)
    assert asked == [7, 7, 7]


async def test_what_has_changed_while_it_was_read_is_read_again() -> None:
    cache: ByteCache[int, str] = ByteCache(1000)

    async def old(key: int) -> str:
        cache.evict(key)
        return "old"

    async def new(_key: int) -> str:
        return "new"

    assert await cache.read(7, old) == "old"
    assert await cache.read(7, new) == "new"
    assert await cache.read(7, old) == "new"
