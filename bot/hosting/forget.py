"""Forgetting a member who asks the host for it."""

import asyncio
from pathlib import Path
from time import time

from bot.state.erasure import Erasure
from bot.state.paths import state_path
from bot.state.store import open_state


def forget(data_dir: Path, user_id: int) -> bool:
    """Delete all that is stored about a member, also while the bot runs; False where nothing is."""
    if not state_path(data_dir).exists():
        return False
    asyncio.run(_forget(data_dir, user_id))
    return True


async def _forget(data_dir: Path, user_id: int) -> None:
    async with open_state(data_dir) as database:
        await Erasure(database, time).forget_member(user_id)
