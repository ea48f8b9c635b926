"""/quote: drawn, found, turned to, put into its context, drawn as a picture."""

import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import enabled, posted, use
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_chosen_quote_is_shown(discord: LoopbackDiscord) -> None:
    robin, general = discord.world.robin, discord.world.general
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "studio")
    outcome = await use(discord, robin, "quote", find=offered.choices[1]["value"])
    number = str(offered.choices[1]["value"]).removeprefix("#")
    assert f"Quote {number} · " in outcome.text


async def test_what_gives_the_ending_away_is_veiled_everywhere(discord: LoopbackDiscord) -> None:
    robin, general = discord.world.robin, discord.world.general
    hidden = await use(discord, robin, "quote", find="38")
    assert hidden.message is not None
    text, container, *_rest = hidden.message.payload["components"]
    assert text["content"].startswith("Spoiler: this quote gives away part of the story")
    assert container["spoiler"] is True
    assert container.get("accent_color") is None
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "38")
    assert [choice["name"] for choice in offered.choices][:1] == ["#38 · spoiler"]
    listed = await use(discord, robin, "quote", find="leaked information performances")
    assert listed.text.startswith("Spoiler: "), "a search that one quote alone fits shows it"


async def test_strong_words_are_for_age_restricted_channels(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    refused = await members.use_command(world.robin, world.general, "quote", {"find": "41"})
    assert "I have no quote 41 to show here" in refused.text
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
        if "starting over" in outcome.text:
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


async def test_a_quote_stands_below_its_question_and_is_the_largest(
    discord: LoopbackDiscord,
) -> None:
    robin = discord.world.robin
    short = await use(discord, robin, "quote", find="31")
    assert short.text.startswith("-# Rivals at ballet school\n# \u201cThere's")
    long = await use(discord, robin, "quote", find="12")
    assert "\n## \u201cSo we didn't have stunt doubles." in long.text
    assert "/us-193550295.html>) via Yahoo" in long.text.replace("tiny-pretty-things-stars-", "/")


async def test_a_quote_that_needs_its_question_shows_it(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    alone = await use(discord, robin, "quote", find="43")
    assert "\n-# A young cast of dancers, filming in Toronto: did they go out" in alone.text
    whole = await use(discord, robin, "quote", find="33")
    assert "How strong is rivalry" not in whole.text


async def test_the_topic_that_was_asked_for_is_named(discord: LoopbackDiscord) -> None:
    for options in ({"topic": "Toronto"}, {"topic": "Toronto", "find": "43"}):
        shown = await use(discord, discord.world.robin, "quote", **options)
        assert "\n-# on Toronto · " in shown.text


async def test_a_speaker_who_says_nothing_on_a_topic_is_told_of(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    missed = await use(discord, robin, "quote", speaker="Kylie", topic="rivalry")
    assert missed.text.startswith("Kylie Jefferson says nothing about rivalry.")
    assert missed.message is not None
    assert missed.labels == ["More by Kylie", "More on rivalry"]
    other = await discord.members.press(robin, missed.message, "More on rivalry")
    assert "**Casimere Jollette** (Bette)\n-# on rivalry · " in other.text


async def test_context_shows_privately_what_was_asked_and_said(discord: LoopbackDiscord) -> None:
    outcome = await use(discord, discord.world.mika, "quote", find="33")
    assert outcome.message is not None
    context = await discord.members.press(discord.world.mika, outcome.message, "Context")
    assert context.is_ephemeral
    assert "### Rivals at ballet school" in context.text
    assert "**We're speaking the truth of the dance world on the show.**" in context.text
    assert "selected quotes" in context.text


async def test_pages_of_matches_follow_each_other(discord: LoopbackDiscord) -> None:
    noor = discord.world.noor
    outcome = await use(discord, noor, "quote", find="the")
    assert outcome.message is not None
    first = outcome.text
    seen = re.findall(r"#(\d+)(?: · spoiler)?$", outcome.text, re.MULTILINE)
    for _n in range(20):
        if "Next" not in enabled(outcome.message):
            break
        await discord.members.press(noor, outcome.message, "Next")
        seen += re.findall(r"#(\d+)(?: · spoiler)?$", outcome.message.text, re.MULTILINE)
    total = re.match(r"### (\d+) quotes with the · 1\u00a0to\u00a05\n", first)
    assert total is not None
    assert len(seen) == len(set(seen)) == int(total[1]) > 10


async def test_what_was_searched_for_stands_in_bold(discord: LoopbackDiscord) -> None:
    found = await use(discord, discord.world.robin, "quote", find="danc")
    assert re.search(r"\*\*danc\w*\*\*", found.text, re.IGNORECASE)


async def test_a_match_is_opened_privately_and_the_list_stays(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    message = await posted(discord, robin, "quote", find="danc")
    listed = message.text
    choice = next(one for one in message.components() if one.get("options"))
    assert choice["placeholder"] == "Open a quote\u2026"
    assert all("danc" in option["label"] for option in choice["options"])
    number = choice["options"][2]["value"]
    opened = await members.select(robin, message, choice["custom_id"], [number])
    assert opened.is_ephemeral
    assert f"Quote {number} · " in opened.text
    assert opened.labels == ["Another", "Context", "Picture", "Save"]
    assert message.text == listed


async def test_the_search_itself_is_offered_before_its_quotes(discord: LoopbackDiscord) -> None:
    robin, general = discord.world.robin, discord.world.general
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "danc")
    first, second, *_rest = offered.choices
    assert first == {"name": "All 12 with \u201cdanc\u201d", "value": "danc"}
    assert second["name"].endswith(f" · Casimere Jollette · {second['value']}")
    by_kylie = {"speaker": "Kylie"}
    offered = await discord.members.autocomplete(robin, general, "quote", "find", "danc", by_kylie)
    assert offered.choices[0]["name"] == "All 4 with \u201cdanc\u201d"
    alone = await discord.members.autocomplete(robin, general, "quote", "find", "stunt")
    assert [choice["value"] for choice in alone.choices] == ["#12"]


async def test_a_filter_that_hides_matches_is_dropped_with_a_press(
    discord: LoopbackDiscord,
) -> None:
    mika = discord.world.mika
    message = await posted(discord, mika, "quote", find="dance", speaker="Kylie")
    assert message.text.startswith("### 3 quotes with dance\n")
    assert "Only by Kylie Jefferson. There are 7 more without the filter." in message.text
    every = await discord.members.press(mika, message, "Search everything")
    assert every.text.startswith("### 10 quotes with dance · 1\u00a0to\u00a05\n")
    single = await posted(discord, mika, "quote", find="studio", speaker="Kylie")
    assert "Quote 9 · " in single.text
    assert "Only by Kylie Jefferson. There's 1 more without the filter." in single.text
    assert "Search everything" in single.labels


async def test_what_somebody_else_says_is_offered(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    missed = await use(discord, robin, "quote", find="hard", speaker="kyl")
    assert missed.text.startswith("Kylie Jefferson never says 'hard'.")
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
