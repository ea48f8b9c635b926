"""An interview that was loaded, without an editor: what members see of it."""

from collections.abc import AsyncIterator

import pytest

from bot.editing.load import plan_of
from bot.interview.loading.loaded_packs import write_plan
from bot.interview.transcript import parse_transcript
from playground import LoopbackDiscord, Outcome
from tests.end_to_end.conftest import started
from tests.end_to_end.stage import ROOT, BotProcess

TALK = """Bread at sea

Cora Writer: Welcome, both of you. It rains. So, Ada, how did the boat come to you?

Ada Example: The boat lay in a field behind the old mill for eleven years. And nobody asked for it.

Cora Writer: Right?

Ben Sample: Yes. We carried the boat to the water with nine neighbours and a horse.

Cora Writer: What does the oven weigh?

Ada Example: The oven weighs as much as a small cow, says everybody who carried the oven.

Cora Writer: Who eats all of the bread?

Ben Sample: Sailors row past us every morning and buy the bread while it is warm.

Cora Writer: And what happens in winter?

Ada Example: Winter is quiet, and we bake for ourselves and for the harbour master.
"""


@pytest.fixture(scope="module")
async def stage(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LoopbackDiscord]:
    folder = tmp_path_factory.mktemp("loaded")
    talk = folder / "talk.txt"
    talk.write_text(TALK, "utf-8")
    plan = plan_of(parse_transcript(talk), ROOT / "data", folder / "var", None)
    write_plan(plan, talk, folder / "var")
    async with started(BotProcess(discord, folder / "var")):
        yield discord


async def use(discord: LoopbackDiscord, command: str, **options: object) -> Outcome:
    mika = discord.world.mika
    chosen = {"interview": "bread-at-sea", **options}
    return await discord.members.use_command(mika, discord.world.dm(mika), command, chosen)


async def test_quotes_stand_alone_and_are_about_something(stage: LoopbackDiscord) -> None:
    seen = [(await use(stage, "quote")).text for _n in range(4)]
    assert all("Cora Writer" in text for text in seen)
    assert not any("And nobody" in text.split("“")[1][:10] for text in seen)


async def test_questions_are_called_by_what_they_ask(stage: LoopbackDiscord) -> None:
    page = await use(stage, "interview", question=1)
    assert page.text.startswith("### How did the boat come to you?\n")
    assert "Welcome, both of you. It rains. So, Ada, how did the boat come to you?" in page.text
    begin = await use(stage, "interview")
    assert "Ada Example and Ben Sample in conversation with Cora Writer." in begin.text


async def test_a_fact_is_not_there_yet_and_how_to_add_one_is_said(stage: LoopbackDiscord) -> None:
    for options in ({}, {"person": "Ada"}):
        told = await use(stage, "fact", **options)
        assert told.text.startswith("Nobody has written any facts for this interview yet.")
        assert "If you run this bot" in told.text


async def test_trivia_asks_what_can_be_answered(stage: LoopbackDiscord) -> None:
    said = await use(stage, "trivia", kind="who")
    assert said.message is not None
    assert [label[3:] for label in said.message.labels] == ["Ada", "Ben"]
    asked = await use(stage, "trivia", kind="question")
    assert asked.message is not None
    assert "Right?" not in " ".join(asked.message.labels)


async def test_who_speaks_is_listed(stage: LoopbackDiscord) -> None:
    people = (await use(stage, "cast")).text
    assert "**Ada Example**" in people
    assert "**Ben Sample**" in people
    assert (await use(stage, "today")).message is not None
