"""Two bots to measure against: `python -m tests.benchmarks.floors empty`, or `shape`.

The empty one answers a constant string. The other answers everything with the same card, of the
usual shape, and builds it afresh each time with the library's own classes.
"""

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import Callable
from typing import Any, Final

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.process.discord_api import point_at

Interaction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str | int | float]]
TEXTS: Final = (
    "-# Improvised or set?",
    "## “When we were in the club that was mainly improvised too, though we did placements just to"
    " get the timing, the travel patterns for everybody to move in and out etc.”",
    "**Kylie Jefferson** (Neveah)\n-# on choreography · Quote 19 · question 4 of 9 ·"
    " [Entertainment Weekly](<https://www.yahoo.com/entertainment/tiny-pretty-things-stars.html>)",
)
LABELS: Final = ("Another", "Context", "Save")
# As many and as long as the real bot's.
TOPICS: Final = (
    *("casting", "Chicago", "dance", "acting", "rehearsal", "schedule", "writing"),
    *("choreography", "characters", "rivalry", "friendship", "secrets", "story", "Toronto"),
)
MATCHES: Final = tuple(
    f"#{n} · We fully did all of our dance scenes and we rehearsed four weeks before… · Casimere"
    for n in range(8)
)


OPTIONS: Final[dict[str, Any]] = {
    "intents": discord.Intents(guilds=True),
    "max_messages": None,
    "member_cache_flags": discord.MemberCacheFlags.none(),
    "chunk_guilds_at_startup": False,
    "allowed_mentions": discord.AllowedMentions.none(),
}


class Floor(discord.Client):
    """The least that answers commands."""

    def __init__(self) -> None:
        super().__init__(**OPTIONS)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        await self.tree.sync()


class EmptyBot(commands.AutoShardedBot):
    """A bot of the kind that the real one is, and nothing else."""

    def __init__(self) -> None:
        super().__init__(command_prefix=commands.when_mentioned, help_command=None, **OPTIONS)

    async def setup_hook(self) -> None:
        await self.tree.sync()


def empty() -> EmptyBot:
    bot = EmptyBot()

    @bot.tree.command()
    async def quote(interaction: Interaction) -> None:
        """Answer a constant string."""
        await interaction.response.send_message("The same words each time.")

    return bot


class Button(ui.DynamicItem[ui.Button[Any]], template=r"(?P<command>[a-z]+):answer:(?P<place>\d)"):
    """A button that answers for ever, as the library's example of a dynamic item does it."""

    def __init__(self, command: str, place: int) -> None:
        super().__init__(ui.Button(label=LABELS[place], custom_id=f"{command}:answer:{place}"))
        self.command = command

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: ui.Item[Any], match: re.Match[str], /
    ) -> "Button":
        return cls(match["command"], int(match["place"]))

    async def callback(self, interaction: Interaction) -> None:
        if self.command == "trivia":
            # What is right is told to who answers alone, below a question that stays.
            await interaction.response.send_message(view=card(self.command), ephemeral=True)
        else:
            await interaction.response.edit_message(view=card(self.command))


def card(command: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*map(ui.TextDisplay, TEXTS)))
    view.add_item(ui.ActionRow(*(Button(command, place) for place in range(len(LABELS)))))
    return view


def shape() -> Floor:
    floor = Floor()
    floor.add_dynamic_items(Button)
    floor.tree.add_command(quote)
    for name in ("fact", "trivia", "today", "cast", "interview", "leaderboard", "saved"):
        floor.tree.command(name=name, description="Answer a card.")(answer)
    return floor


async def answer(interaction: Interaction) -> None:
    assert interaction.command is not None
    await interaction.response.send_message(view=card(interaction.command.name))


@app_commands.command()
async def quote(
    interaction: Interaction,
    find: str | None = None,
    speaker: str | None = None,
    topic: str | None = None,
) -> None:
    """Answer a card, whatever is asked for."""
    await answer(interaction)


@quote.autocomplete("find")
async def complete_find(_interaction: Interaction, _typed: str) -> Choices:
    return [app_commands.Choice(name=one, value=one) for one in MATCHES]


@quote.autocomplete("topic")
async def complete_topic(_interaction: Interaction, _typed: str) -> Choices:
    return [app_commands.Choice(name=one, value=one) for one in TOPICS]


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Give the loop that the real bot runs on."""
    with contextlib.suppress(ImportError):
        import uvloop

        return uvloop.new_event_loop
    return None


async def serve(floor: discord.Client) -> None:
    async with floor:
        await floor.start(os.environ["DISCORD_TOKEN"])


def main() -> None:
    point_at(os.environ["DISCORD_API_URL"])
    floor = {"empty": empty, "shape": shape}[sys.argv[1]]()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(floor))


if __name__ == "__main__":
    main()
