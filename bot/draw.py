"""What a channel sees next: the library's items through the channel's bag."""

import random
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.interview.library.facets import Facet
from bot.interview.model import CuratedQuestion, Fact, Quote
from bot.state.bag import Bag, Pool, Round, current_round, draw, new_round, upcoming
from bot.state.bags import BagKey, Bags

T = TypeVar("T", bound=Quote | Fact | CuratedQuestion)
Read = Callable[[Facet, Sequence[int]], Awaitable[Sequence[T]]]


@dataclass(frozen=True, slots=True)
class DrawnItem(Generic[T]):
    """An item for a channel; `progress` of `size` have now been seen under this filter."""

    item: T
    progress: int
    size: int

    @property
    def is_last(self) -> bool:
        return self.progress == self.size > 1


async def draw_item(
    bags: Bags,
    key: BagKey,
    facet: Facet,
    read: Read[T],
    rng: random.Random,
    statement: Callable[[T], str | None] = lambda item: str(item.number),
    *,
    owner_id: int | None = None,
) -> DrawnItem[T] | None:
    """Draw from a facet what the channel has not seen; `read` fetches items by their places.

    `owner_id` is whose direct messages the channel is.
    """

    async def choose(bag: Bag) -> tuple[Bag, DrawnItem[T] | None]:
        return await take(bag, facet, read, rng, statement)

    return await bags.draw(key, choose, owner_id)


async def take(
    bag: Bag,
    facet: Facet,
    read: Read[T],
    rng: random.Random,
    statement: Callable[[T], str | None],
    rivals: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[Bag, DrawnItem[T] | None]:
    """Take the next item of a facet out of a bag; items of one `statement` count as the same.

    So do those of its `rivals`, statements that it gives away or that give it away. An item
    without a statement is passed over; None where that is all of them.
    """
    pool = Pool(facet.key, facet.stamp, facet.size)
    this_round = current_round(bag, pool, rng)
    is_new = this_round.position == 0
    while True:
        places = upcoming(this_round, pool)
        if not places and is_new:
            return bag, None
        if not places:
            this_round, is_new = new_round(pool, rng), True
            continue
        items = await read(facet, places)
        keys = [statement(item) for item in items]
        outcome = draw(bag, pool, this_round, places, keys, rivals)
        if not isinstance(outcome, Round):
            item = items[outcome.index]
            return outcome.bag, DrawnItem(item, outcome.progress, outcome.size)
        this_round = outcome
