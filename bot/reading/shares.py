"""Which settings of shards and processes fit together: mistakes as sentences."""

from collections.abc import Iterator, Sequence

from bot.text import Text, _


def mistakes_about_shards(
    count: int | None, ids: Sequence[int] | None, processes: int | None
) -> Iterator[Text]:
    """Say what is wrong with shards that this process is to have, alone or as one of several."""
    if ids is not None and processes is not None:
        yield _(
            "SHARD_IDS and PROCESSES are both set. Keep PROCESSES, which gives each process"
            " shards of its own, or SHARD_IDS."
        )
    elif ids is not None and count is None:
        yield _("SHARD_IDS needs SHARD_COUNT as well: how many shards there are in all.")
    elif ids is not None and count is not None and max(ids) >= count:
        yield _(
            "SHARD_IDS names shard {highest}, but with SHARD_COUNT={count} they go from 0 to"
            " {last}.",
            highest=max(ids),
            count=count,
            last=count - 1,
        )
    elif processes is not None and count is not None and count % processes:
        yield _(
            "SHARD_COUNT={count} can't be shared evenly by PROCESSES={processes}. Set SHARD_COUNT"
            " to a multiple of it, or leave it out.",
            count=count,
            processes=processes,
        )
