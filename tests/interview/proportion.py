"""Whether something takes time as its length does, however busy the machine is."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def is_in_proportion(seconds: Callable[[int], float], length: int, floor: float) -> bool:
    """Say whether four times the length takes about four times as long; its square is sixteen.

    What takes less than the floor tells nothing.
    """
    short: list[float] = []
    long: list[float] = []
    with no_garbage_collection():
        for _n in range(5):
            short.append(seconds(length))
            long.append(seconds(4 * length))
            if min(long) < 8 * min(short) + floor:
                return True
    return False


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Leave out of a measurement what the process holds besides, which a long run looks through."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
