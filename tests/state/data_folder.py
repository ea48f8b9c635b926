"""A data folder in which somebody has chosen something."""

from pathlib import Path

from bot.interview.audience import SpoilerPolicy
from bot.state.members import Members
from bot.state.store import open_state

MEMBER = 0x0123456789ABCDEF


async def choose(data_dir: Path, policy: SpoilerPolicy) -> None:
    async with open_state(data_dir) as database:
        await Members(database).put_spoilers(MEMBER, policy)


async def chosen_in(data_dir: Path) -> SpoilerPolicy | None:
    async with open_state(data_dir) as database:
        return await Members(database).spoilers(MEMBER)
