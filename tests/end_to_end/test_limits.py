"""Whatever a pack holds that `check` takes: each card, button and suggestion fits into Discord."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot.interview.library.build import ensure_content
from bot.interview.pack.packs import read_pack
from bot.letters import units
from bot.ui.budget import MAX_TEXT
from cogs.settings._settings import SETTINGS
from playground import LoopbackDiscord, Message, Outcome
from playground.components import walk
from tests.cogs.members import enabled
from tests.end_to_end.conftest import started
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel
from tests.limit_packs import SCRIPTS, words, write_limit_pack

MOST_UNITS = {"label": 100, "value": 100, "placeholder": 150, "description": 1024}
COMMANDS: list[tuple[str, dict[str, object]]] = [
    ("quote", {}),
    ("quote", {"find": "Q1"}),
    ("fact", {}),
    ("cast", {}),
    ("cast", {"person": "person-00000000000000001"}),
    ("interview", {}),
    ("interview", {"question": 1}),
    ("interview", {"question": 2}),
    ("today", {}),
    ("help", {}),
    ("privacy", {}),
    ("saved", {}),
    *[("trivia", {"kind": kind}) for kind in ("curated", "who", "line", "true-or-false")],
]
COMPLETED = [
    *[("quote", option) for option in ("find", "speaker", "topic", "interview")],
    *[("interview", "question"), ("cast", "person"), ("fact", "topic")],
]
# They would take away what the others look at.
NOT_PRESSED = {"Delete everything", "Tout supprimer", "Leave out here", "Picture", "Image"}


@pytest.fixture(scope="module")
async def stage(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LoopbackDiscord]:
    packs = tmp_path_factory.mktemp("packs")
    for script in SCRIPTS:
        write_limit_pack(packs / "data" / f"few-{script}", script, people=4)
        write_limit_pack(packs / "data" / f"crowd-{script}", script)
    discord.world.noor.locale = "fr"
    # Beforehand: a bot that builds so much is not ready in time.
    (packs / "var").mkdir()
    ensure_content(packs / "var", packs / "data")
    bot = BotProcess(discord, packs / "var", packs_dir=packs / "data")
    async with started(bot):
        yield discord


def assert_fits(payload: dict[str, Any]) -> None:
    """Count as strictly as anybody may, which the playground does not."""
    tree = [component for component, _path in walk(payload["components"])]
    assert len(tree) <= 40
    assert 0 < sum(units(one.get("content", "")) for one in tree) <= MAX_TEXT
    for component in tree:
        for part in (component, *component.get("options", ()), *component.get("items", ())):
            for field, most in MOST_UNITS.items():
                assert units(str(part.get(field, ""))) <= most


def assert_answered(outcome: Outcome) -> Message:
    assert outcome.status in ("answered", "updated", "thinking")
    assert outcome.refused == []
    assert outcome.message is not None
    assert "my fault" not in outcome.text
    assert_fits(outcome.message.payload)
    return outcome.message


def pressable(message: Message) -> Iterator[str]:
    labels = enabled(message)
    return (label for label in dict.fromkeys(labels) if label not in NOT_PRESSED)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("crowd", ["few", "crowd"])
async def test_a_pack_at_its_limits_is_one_that_check_takes(
    script: str, crowd: str, stage: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pack") / f"{crowd}-{script}"
    pack = read_pack(write_limit_pack(folder, script, 4 if crowd == "few" else 100))
    assert pack is not None


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(("crowd", "who"), [("few", "noor"), ("crowd", "mika")])
async def test_each_card_fits_and_so_does_what_its_buttons_lead_to(
    stage: LoopbackDiscord, script: str, who: str, crowd: str
) -> None:
    user, place = getattr(stage.world, who), new_channel(stage)
    for command, options in COMMANDS:
        has_interview = command not in ("help", "privacy", "saved")
        chosen = {"interview": f"{crowd}-{script}"} if has_interview else {}
        outcome = await stage.members.use_command(user, place, command, options | chosen)
        message = assert_answered(outcome)
        for label in pressable(message):
            if label in enabled(message):
                pressed = await stage.members.press(user, message, label)
                await pressed.settled()
                assert_answered(pressed)


async def test_each_setting_fits(stage: LoopbackDiscord) -> None:
    noor, members = stage.world.noor, stage.members
    for name in SETTINGS.keys() - {"left_out"}:
        outcome = await members.use_command(noor, stage.world.general, "settings", {})
        pressed = await members.press(noor, assert_answered(outcome), f"settings:change:{name}")
        assert_answered(pressed)


@pytest.mark.parametrize("script", SCRIPTS)
async def test_each_suggestion_fits(stage: LoopbackDiscord, script: str) -> None:
    robin, place = stage.world.robin, new_channel(stage)
    chosen = {"interview": f"crowd-{script}"}
    for command, option in COMPLETED:
        others = {} if option == "interview" else chosen
        for typed in ("", words(script, "", 20), words(script, "", 6000)):
            offered = await stage.members.autocomplete(robin, place, command, option, typed, others)
            assert offered.status == "choices"
            assert len(offered.choices) <= 25
            for choice in offered.choices:
                assert 0 < units(choice["name"]) <= 100
                assert units(str(choice["value"])) <= 100


@pytest.mark.parametrize("script", ["latin", "adlam", "zalgo"])
async def test_every_answer_to_a_question_can_be_reached(
    stage: LoopbackDiscord, script: str
) -> None:
    robin, place = stage.world.robin, new_channel(stage)
    options = {"interview": f"crowd-{script}", "question": 1}
    outcome = await stage.members.use_command(robin, place, "interview", options)
    assert outcome.message is not None
    seen = outcome.text
    turned = await stage.members.press(robin, outcome.message, "More answers")
    assert turned.message is not None
    assert turned.is_ephemeral
    seen += turned.text
    while "Next answers" in enabled(turned.message):
        turned = await stage.members.press(robin, turned.message, "Next answers")
        assert turned.message is not None
        seen += turned.text
    assert all(f"Q{number} " in seen for number in range(1, 121))
