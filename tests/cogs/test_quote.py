"""/quote: drawn, found, turned to, put into its context, drawn as a picture."""

import json
import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import enabled, posted, use
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_chosen_quote_is_shown(discord: LoopbackDiscord) -> None:
    robin, general = discord.world.robin, discord.world.general
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "studio")
    outcome = await use(discord, robin, "quote", find=offered.choices[0]["value"])
    number = str(offered.choices[0]["value"]).removeprefix("#")
    assert f"Quote {number} · " in outcome.text


async def test_what_gives_the_ending_away_is_veiled_everywhere(discord: LoopbackDiscord) -> None:
    robin, general = discord.world.robin, discord.world.general
    hidden = await use(discord, robin, "quote", find="38")
    assert hidden.message is not None
    text, container, *_rest = hidden.message.payload["components"]
    assert text["content"].startswith("Hidden: a quote that gives away part of the story")
    assert container["spoiler"] is True
    assert container.get("accent_color") is None
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "38")
    assert [choice["name"] for choice in offered.choices][:1] == ["#38 · spoiler"]
    listed = await use(discord, robin, "quote", find="leaked information performances")
    assert listed.text.startswith("Hidden"), "a search that one quote alone fits shows it"


async def test_strong_words_are_for_age_restricted_channels(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    refused = await members.use_command(world.robin, world.general, "quote", {"find": "41"})
    assert "No quote that may be shown here has the number 41" in refused.text
    shown = await members.use_command(world.robin, world.after_dark, "quote", {"find": "41"})
    assert "Quote 41 · " in shown.text


async def test_nothing_repeats_until_everything_was_shown(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    noor = discord.world.noor
    channel = discord.world.dm(noor)
    seen: list[str] = []
    for n in range(60):
        outcome = await discord.members.use_command(noor, channel, "quote", {"topic": "casting"})
        seen += re.findall(r"Quote (\d+) ·", outcome.text)
        if "shown; from here on they come again" in outcome.text:
            break
        if n == 2:
            await bot.restart()
    assert len(seen) == len(set(seen)) > 3
    again = await discord.members.use_command(noor, channel, "quote", {"topic": "casting"})
    assert re.findall(r"Quote (\d+) ·", again.text)[0] in seen


async def test_another_turns_the_card_for_who_asked_and_opens_one_for_anybody_else(
    discord: LoopbackDiscord,
) -> None:
    message = await posted(discord, discord.world.robin, "quote")
    assert not message.is_ephemeral
    before = message.text
    mine = await discord.members.press(discord.world.robin, message, "Another")
    assert mine.status == "updated"
    assert message.text != before
    shown = message.text
    theirs = await discord.members.press(discord.world.mika, message, "Another")
    assert theirs.status == "answered"
    assert theirs.is_ephemeral
    assert message.text == shown


async def test_context_shows_privately_what_was_asked_and_said(discord: LoopbackDiscord) -> None:
    outcome = await use(discord, discord.world.mika, "quote", find="33")
    assert outcome.message is not None
    context = await discord.members.press(discord.world.mika, outcome.message, "Context")
    assert context.is_ephemeral
    assert "### Rivals at ballet school" in context.text
    assert "**We're speaking the truth of the dance world on the show.**" in context.text
    assert "selected quotations" in context.text


async def test_pages_of_matches_follow_each_other(discord: LoopbackDiscord) -> None:
    noor = discord.world.noor
    outcome = await use(discord, noor, "quote", find="the")
    assert outcome.message is not None
    seen = re.findall(r"\*\*#(\d+)\*\*", outcome.text)
    for _n in range(20):
        if "Next" not in enabled(outcome.message):
            break
        await discord.members.press(noor, outcome.message, "Next")
        seen += re.findall(r"\*\*#(\d+)\*\*", outcome.message.text)
    assert len(seen) == len(set(seen)) > 10


async def test_what_was_searched_for_stands_in_bold(discord: LoopbackDiscord) -> None:
    found = await use(discord, discord.world.robin, "quote", find="danc")
    assert re.search(r"\*\*danc\w*\*\*", found.text, re.IGNORECASE)


async def test_what_somebody_else_says_is_offered(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    missed = await use(discord, robin, "quote", find="hard", speaker="kyl")
    assert missed.text.startswith("Kylie Jefferson does not say 'hard'.")
    assert missed.labels == ["Search everything"]
    assert missed.message is not None
    found = await discord.members.press(robin, missed.message, "Search everything")
    assert "hard" in found.text
    assert "Casimere" in found.text
    nowhere = await use(discord, robin, "quote", find="zeppelin", speaker="kyl")
    assert "Search everything" not in nowhere.labels


async def test_no_hidden_word_is_offered(discord: LoopbackDiscord) -> None:
    """Of what is behind a veil not even a word is told."""
    missed = await use(discord, discord.world.robin, "quote", find="leakde")
    assert "leaked" not in "".join(missed.labels)


async def test_members_see_no_button_that_leaves_out(discord: LoopbackDiscord) -> None:
    shown = await use(discord, discord.world.mika, "quote", find="32")
    assert shown.message is not None
    context = await discord.members.press(discord.world.mika, shown.message, "Context")
    assert context.labels == ["Picture"]


async def test_a_quote_becomes_a_picture_and_is_posted(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    shown = await use(discord, world.robin, "quote", find="12")
    assert shown.message is not None
    context = await members.press(world.robin, shown.message, "Context")
    assert context.message is not None
    drawn = await (await members.press(world.robin, context.message, "Picture")).settled()
    assert drawn.is_ephemeral
    gallery = drawn.payload["components"][0]["items"][0]
    assert gallery["description"].startswith("So we didn't have stunt doubles. […] We fully did")
    assert gallery["description"].endswith("before we started filming. (Casimere Jollette)")
    assert drawn.attachments[0]["filename"] == "quote.png"
    posted = await (await members.press(world.robin, drawn, "Post here")).settled()
    assert not posted.is_ephemeral
    assert posted.attachments[0]["filename"] == "quote.png"


async def test_the_picture_of_a_spoiler_tells_nothing_before_it_is_opened(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    shown = await use(discord, world.robin, "quote", find="38")
    assert shown.message is not None
    context = await members.press(world.robin, shown.message, "Context")
    assert context.message is not None
    drawn = await (await members.press(world.robin, context.message, "Picture")).settled()
    item = drawn.payload["components"][1]["items"][0]
    assert item["spoiler"] is True
    assert drawn.attachments[0]["filename"] == "SPOILER_quote.png"
    assert "leaked" not in json.dumps(drawn.payload)
