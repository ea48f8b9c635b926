"""Two interviews in one server, the second with names and words that are hard to show."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground import LoopbackDiscord, Message, Outcome
from tests.end_to_end.conftest import started
from tests.end_to_end.stage import ROOT, BotProcess

LIGHTHOUSE = Path(__file__).parent / "interviews" / "lighthouse"


@pytest.fixture(scope="module")
async def stage(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LoopbackDiscord]:
    packs = tmp_path_factory.mktemp("packs") / "data"
    shutil.copytree(ROOT / "data", packs)
    shutil.copytree(LIGHTHOUSE, packs / "lighthouse")
    async with started(BotProcess(discord, packs.parent / "var", packs_dir=packs)):
        yield discord


async def use(discord: LoopbackDiscord, command: str, **options: object) -> Outcome:
    mika = discord.world.mika
    return await discord.members.use_command(mika, discord.world.dm(mika), command, options)


async def lit(discord: LoopbackDiscord, command: str, **options: object) -> Message:
    """Use a command with the second interview."""
    outcome = await use(discord, command, interview="The Lighthouse Quartet", **options)
    assert outcome.message is not None
    return outcome.message


async def test_each_command_takes_an_interview(stage: LoopbackDiscord) -> None:
    seen: set[str] = set()
    for _n in range(6):
        seen.add((await lit(stage, "quote")).text.split("Quote ")[1][0])
    assert seen == set("123456"), "six quotes are all, and each comes once"
    assert "Zoë Ångström-Núñez" in (await lit(stage, "quote", find="5")).text
    fact = await lit(stage, "fact", person="نور")
    assert "about" in fact.text
    assert "نور" in fact.text
    today = await lit(stage, "today")
    assert "Das Violoncello 🎻" in " ".join(today.labels)
    page = await lit(stage, "interview", question=2)
    assert page.text.startswith("### Both on \u201cThe 🌊 that came in\u201d\n")
    assert "**نور السحاب**" in page.text
    people = await lit(stage, "cast")
    assert "**Þór 🐧 Łukasz**" in people.text
    asked = await lit(stage, "trivia", kind="curated")
    assert "الطبل الكبير" in " ".join(asked.labels)


async def test_names_and_words_are_found_however_they_are_typed(stage: LoopbackDiscord) -> None:
    for name in ("zoe", "ANGSTROM", "Zoe Angstrom Nunez", "zoë", "Zo"):
        assert "### Zoë Ångström-Núñez\n" in (await lit(stage, "cast", person=name)).text, name
    for name in ("نور السحاب", "nour", "Nour"):
        assert "### نور السحاب\n" in (await lit(stage, "cast", person=name)).text, name
    for words, number in (("grosser", 4), ("البحر", 2), ("قديم", 3), ("naive", 5), ("HOHE", 4)):
        found = await lit(stage, "quote", find=words)
        assert f"Quote {number} · " in found.text, words


async def test_a_person_of_another_interview_is_told_apart(stage: LoopbackDiscord) -> None:
    refused = await lit(stage, "cast", person="Kylie Jefferson")
    assert refused.text.startswith("Nobody here is called 'Kylie Jefferson'. Try ")
    assert "Zoë Ångström-Núñez" in refused.labels
    outcome = await use(stage, "quote", interview="No such interview at all")
    assert "There's no interview" in outcome.text


async def test_a_server_chooses_which_interview_is_meant(stage: LoopbackDiscord) -> None:
    world, members = stage.world, stage.members
    panel = (await members.use_command(world.noor, world.general, "settings")).message
    assert panel is not None
    await members.press(world.noor, panel, "settings:change:interview")
    await members.select(world.noor, panel, panel.custom_ids[0], ["lighthouse"])
    assert "The Lighthouse Quartet" in panel.text
    shown = await members.use_command(world.robin, world.general, "quote")
    assert "Küstenblatt" in shown.text
    offered = await members.autocomplete(world.robin, world.general, "quote", "interview", "light")
    assert [choice["name"] for choice in offered.choices] == ["The Lighthouse Quartet"]
    offered = await members.autocomplete(world.robin, world.general, "cast", "person", "")
    assert "نور السحاب" in [choice["name"] for choice in offered.choices]
    other = {"interview": "Tiny Pretty Things"}
    shown = await members.use_command(world.robin, world.general, "quote", other)
    assert "Entertainment Weekly" in shown.text


async def test_saved_quotes_of_both_stand_in_one_list(stage: LoopbackDiscord) -> None:
    mika, members = stage.world.mika, stage.members
    await members.press(mika, await lit(stage, "quote", find="2"), "Save")
    shown = (await use(stage, "quote", find="2", interview="Tiny Pretty Things")).message
    assert shown is not None
    await members.press(mika, shown, "Save")
    kept = await use(stage, "saved")
    assert "2 saved quotes" in kept.text
    assert "قلت لهم" in kept.text


async def test_a_quote_from_right_to_left_becomes_a_picture(stage: LoopbackDiscord) -> None:
    mika, members = stage.world.mika, stage.members
    context = await members.press(mika, await lit(stage, "quote", find="2"), "Context")
    assert context.message is not None
    drawn = await (await members.press(mika, context.message, "Picture")).settled()
    assert drawn.payload["components"][0]["items"][0]["description"].startswith("قلت لهم")
    assert drawn.attachments[0]["size"] > 5000


async def test_a_game_outlives_its_interview(own_discord: LoopbackDiscord, tmp_path: Path) -> None:
    packs, world, members = tmp_path / "data", own_discord.world, own_discord.members
    shutil.copytree(ROOT / "data", packs)
    shutil.copytree(LIGHTHOUSE, packs / "lighthouse")
    bot = BotProcess(own_discord, tmp_path / "var", packs_dir=packs)
    await bot.start()

    def found(words: str) -> list[Message]:
        history = members.history(world.robin, world.general)
        return [one for one in history if one.text.startswith(words)]

    async def until(words: str) -> Message:
        assert await own_discord.platform.events.until(lambda: bool(found(words)), 60), words
        return found(words)[-1]

    options = {"rounds": 5, "calm": True, "interview": "The Lighthouse Quartet"}
    await members.use_command(world.mika, world.general, "trivia", options)
    shown = await until("-# Round 1 of 5")
    await members.press(world.mika, shown, shown.custom_ids[0])
    await bot.stop()
    shutil.rmtree(packs / "lighthouse")
    await bot.start()
    await members.press(world.mika, shown, "Show answer")
    assert await own_discord.platform.events.until(lambda: "✓" in shown.text, 60)
    await members.press(world.mika, shown, "Continue")
    board = await until("### Final scores")
    assert "I'm out of questions" in board.text
    assert "points" in board.text
    await bot.stop()
    assert bot.errors() == []
