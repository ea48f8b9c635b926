"""A small bot of the usual kind, on discord.py and in this process."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from discord import app_commands, ui
from discord.asset import Asset
from discord.gateway import DiscordWebSocket

from bot.process import discord_api
from playground import LoopbackDiscord

Interaction = discord.Interaction["Troupe"]


class Form(ui.Modal, title="Form"):
    name: ui.Label["Form"] = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))
    scan: ui.Label["Form"] = ui.Label(
        text="Scan", component=ui.FileUpload(custom_id="scan", required=False)
    )

    async def on_submit(self, interaction: Interaction, /) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        assert isinstance(self.scan.component, ui.FileUpload)
        texts = [(await file.read()).decode() for file in self.scan.component.values]
        text = f"{self.name.component.value} {texts}"
        await interaction.response.send_message(text, ephemeral=True)


class Stage(ui.LayoutView):
    """A layout with about every component there is."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        turn = ui.Button["Stage"](label="Turn", custom_id="turn")
        ask = ui.Button["Stage"](label="Ask", custom_id="ask")
        pick = ui.Select["Stage"](
            custom_id="pick", options=[discord.SelectOption(label=name) for name in ("One", "Two")]
        )
        turn.callback, ask.callback, pick.callback = self.turn, self.ask, self.pick_options
        picture = "attachment://card.png"
        self.add_item(
            ui.Container(
                ui.TextDisplay(text),
                ui.Section("section", accessory=ui.Thumbnail(picture, description="alt")),
                ui.Separator(),
                ui.MediaGallery(discord.MediaGalleryItem(picture)),
                ui.File(picture),
                ui.ActionRow(turn, ask, ui.Button(label="Read", url="https://example.org")),
                ui.ActionRow(pick),
                accent_colour=0x8E6BBF,
                spoiler=True,
            )
        )

    async def turn(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=Plain("turned"), attachments=[])

    async def ask(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    async def pick_options(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        values = interaction.data["values"] if interaction.data else []
        await interaction.edit_original_response(view=Plain(str(values)), attachments=[])


class Plain(ui.LayoutView):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.add_item(ui.TextDisplay(text))


class Troupe(discord.Client):
    def __init__(self, heartbeat_timeout: float = 60.0) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            heartbeat_timeout=heartbeat_timeout,
        )
        everywhere = app_commands.AppCommandContext(guild=True, dm_channel=True)
        installs = app_commands.AppInstallationType(guild=True, user=True)
        self.tree = app_commands.CommandTree(
            self, allowed_contexts=everywhere, allowed_installs=installs
        )
        for command in (hello, stage, late, many, keep):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        await self.tree.sync()


@app_commands.command()
async def hello(
    interaction: Interaction,
    name: str = "",
    who: discord.User | None = None,
    where: discord.TextChannel | None = None,
    file: discord.Attachment | None = None,
) -> None:
    """Say hello."""
    content = (await file.read()).decode() if file else ""
    text = (
        f"{name} {who} {where} {content} {interaction.locale} {interaction.is_guild_integration()}"
    )
    callback = await interaction.response.send_message(text)
    follow_up = await interaction.followup.send("more", ephemeral=True, wait=True)
    assert callback.message_id != follow_up.id


@hello.autocomplete("name")
async def complete(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=typed + end, value=typed + end) for end in "ab"]


@app_commands.command()
async def stage(interaction: Interaction) -> None:
    """Show a layout."""
    card = discord.File(io.BytesIO(b"card"), "card.png", description="alt")
    await interaction.response.send_message(view=Stage("shown"), file=card)


@app_commands.command()
async def late(interaction: Interaction) -> None:
    """Think first."""
    await interaction.response.defer(ephemeral=True)
    await asyncio.sleep(0.02)
    await interaction.edit_original_response(view=Plain("done"))


@app_commands.command()
async def many(interaction: Interaction) -> None:
    """Send embeds."""
    embed = discord.Embed(title="Title", description="Words", colour=0xFF, url="https://e.org")
    embed.add_field(name="Field", value="Value").set_footer(text="Foot").set_author(name="Who")
    await interaction.response.send_message("content", embeds=[embed, embed])


@app_commands.context_menu(name="Keep")
async def keep(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"kept {message.content}", ephemeral=True)


@asynccontextmanager
async def running(
    discord_: LoopbackDiscord, *, heartbeat_timeout: float = 60.0
) -> AsyncIterator[Troupe]:
    """Run the bot against a Discord, and point the library back afterwards."""
    before = discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE
    discord_api.point_at(discord_.url)
    troupe = Troupe(heartbeat_timeout)
    running = asyncio.create_task(troupe.start(discord_.token))
    try:
        await discord_.wait_ready(10)
        await troupe.wait_until_ready()
        yield troupe
    finally:
        await troupe.close()
        await asyncio.gather(running, return_exceptions=True)
        discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before
