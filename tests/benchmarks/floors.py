"""Two bots to measure against: `python -m tests.benchmarks.floors empty`, or `shape`.

The empty one answers a constant string. The other answers a constant message for each row, which
stands in the file that SHAPES names as the real bot sent it, and builds it afresh each time with
the library's own classes.
"""

import asyncio
import contextlib
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.process.discord_api import point_at

Interaction = discord.Interaction[Any]
Answers = dict[str, dict[str, Any]]

ANSWERS: Answers = {}
"""What the shape answers, by the keys of the rows."""


def new_bot() -> commands.AutoShardedBot:
    return commands.AutoShardedBot(
        command_prefix=commands.when_mentioned,
        help_command=None,
        intents=discord.Intents(guilds=True),
        max_messages=None,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        allowed_mentions=discord.AllowedMentions.none(),
    )


def empty() -> commands.AutoShardedBot:
    bot = new_bot()

    @bot.tree.command()
    async def quote(interaction: Interaction) -> None:
        """Answer a constant string."""
        await interaction.response.send_message("The same words each time.")

    return bot


class Button(ui.DynamicItem[ui.Button[Any]], template=r"(?P<subject>[a-z]+):.*"):
    """A button that answers for ever, as the library's example of a dynamic item does it."""

    def __init__(
        self, custom_id: str, label: str, style: discord.ButtonStyle, row: str = ""
    ) -> None:
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.answered_by = row

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "Button":
        assert isinstance(item, ui.Button)
        row = "answer" if match["subject"] == "trivia" else "another"
        return cls(match.string, item.label or "", item.style, row)

    async def callback(self, interaction: Interaction) -> None:
        await answer(interaction, self.answered_by)


def shape() -> commands.AutoShardedBot:
    bot = new_bot()
    bot.add_dynamic_items(Button)
    for command in (quote, fact, trivia):
        bot.tree.add_command(command)
    return bot


@app_commands.command()
async def quote(
    interaction: Interaction,
    find: str | None = None,
    speaker: str | None = None,
    topic: str | None = None,
) -> None:
    """Answer a quote, or what was found."""
    await answer(interaction, "quote" if find is None else "find")


@quote.autocomplete("find")
async def complete_find(
    _interaction: Interaction, _typed: str
) -> list[app_commands.Choice[str | int | float]]:
    return choices("words")


@quote.autocomplete("topic")
async def complete_topic(
    _interaction: Interaction, _typed: str
) -> list[app_commands.Choice[str | int | float]]:
    return choices("topics")


@app_commands.command()
async def fact(
    interaction: Interaction, person: str | None = None, topic: str | None = None
) -> None:
    """Answer a fact."""
    await answer(interaction, "fact")


@app_commands.command()
async def trivia(
    interaction: Interaction, kind: str | None = None, difficulty: str | None = None
) -> None:
    """Answer a question."""
    await answer(interaction, "trivia")


def choices(row: str) -> list[app_commands.Choice[str | int | float]]:
    return [
        app_commands.Choice(name=one["name"], value=one["value"])
        for one in ANSWERS[row]["data"]["choices"]
    ]


async def answer(interaction: Interaction, row: str) -> None:
    """Answer as the real bot answered: with a message for all or for one, or with an edit."""
    described = ANSWERS[row]
    data = described["data"]
    view = ui.LayoutView(timeout=None)
    for component in data["components"]:
        view.add_item(built(component))
    if described["type"] == discord.InteractionResponseType.message_update.value:
        await interaction.response.edit_message(view=view)
    else:
        is_private = bool(data["flags"] & discord.MessageFlags.ephemeral.flag)
        await interaction.response.send_message(view=view, ephemeral=is_private)


def built(described: dict[str, Any]) -> ui.Item[Any]:
    """Build a component from its description."""
    return _BUILDERS[described["type"]](described)


def _action_row(described: dict[str, Any]) -> ui.Item[Any]:
    return ui.ActionRow(*map(built, described["components"]))


def _button(described: dict[str, Any]) -> ui.Item[Any]:
    style = discord.ButtonStyle(described["style"])
    button = Button(described["custom_id"], described["label"], style)
    button.item.disabled = described["disabled"]
    return button


def _select(described: dict[str, Any]) -> ui.Item[Any]:
    return ui.Select(
        custom_id=described["custom_id"],
        placeholder=described["placeholder"],
        options=[
            discord.SelectOption(
                label=one["label"], value=one["value"], description=one.get("description")
            )
            for one in described["options"]
        ],
    )


def _text_display(described: dict[str, Any]) -> ui.Item[Any]:
    return ui.TextDisplay(described["content"])


def _separator(described: dict[str, Any]) -> ui.Item[Any]:
    spacing = discord.SeparatorSpacing(described["spacing"])
    return ui.Separator(visible=described["divider"], spacing=spacing)


def _container(described: dict[str, Any]) -> ui.Item[Any]:
    return ui.Container(
        *map(built, described["components"]),
        accent_colour=described["accent_color"],
        spoiler=described["spoiler"],
    )


_BUILDERS: dict[int, Callable[[dict[str, Any]], ui.Item[Any]]] = {
    discord.ComponentType.action_row.value: _action_row,
    discord.ComponentType.button.value: _button,
    discord.ComponentType.string_select.value: _select,
    discord.ComponentType.text_display.value: _text_display,
    discord.ComponentType.separator.value: _separator,
    discord.ComponentType.container.value: _container,
}


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Give the loop that the real bot runs on."""
    with contextlib.suppress(ImportError):
        import uvloop

        return uvloop.new_event_loop
    return None


async def serve(bot: commands.AutoShardedBot) -> None:
    async def register() -> None:
        await bot.tree.sync()

    bot.setup_hook = register
    async with bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


def main() -> None:
    point_at(os.environ["DISCORD_API_URL"])
    if "SHAPES" in os.environ:
        ANSWERS.update(json.loads(Path(os.environ["SHAPES"]).read_text("utf-8")))
    bot = {"empty": empty, "shape": shape}[sys.argv[1]]()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(bot))


if __name__ == "__main__":
    main()
