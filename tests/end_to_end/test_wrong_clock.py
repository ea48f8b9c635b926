"""A start under a clock that is weeks ahead deletes nothing; under the right one it does."""

import asyncio
from pathlib import Path

from playground import LoopbackDiscord
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.waiting import until

ENGINES = BOTH
DAYS = 40


def _questions(bot: BotProcess) -> int:
    ((count,),) = bot.ask_state("SELECT count(*) FROM question")
    return count


def _copies(data_dir: Path) -> set[str]:
    return {path.name for path in (data_dir / "backups").glob("*.zip")}


async def test_a_clock_that_is_weeks_ahead_deletes_nothing(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    bot, world = own_bot, own_discord.world
    clock = bot.data_dir.parent / "clock"
    clock.write_text("0")
    bot.module, bot.extra = SURROUNDED, {"TEST_CLOCK": str(clock)}
    await bot.start()
    await own_discord.members.use_command(world.mika, world.general, "trivia")
    await bot.stop()
    (todays,) = (bot.data_dir / "backups").glob("*.zip")
    days = {f"encore-2026-01-0{n}.zip" for n in range(1, 5)}
    for name in days:
        (bot.data_dir / "backups" / name).touch()
    clock.write_text(str(DAYS * 86_400))
    await bot.start()
    assert await bot.logged("seconds off Discord's")
    # It looks every second whether the clock is right by now.
    await asyncio.sleep(2.5)
    assert _questions(bot) == 1
    assert days <= _copies(bot.data_dir)
    clock.write_text("0")
    await own_discord.members.use_command(world.mika, world.dm(world.mika), "help")
    # The newest two stay, and what the wrong clock has named is not among them.
    await until(lambda: _copies(bot.data_dir) == {"encore-2026-01-04.zip", todays.name})
    assert _questions(bot) == 1, "nobody is forgotten for a clock that was wrong"
    await bot.stop()
    assert bot.errors() == []
