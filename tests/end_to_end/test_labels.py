"""Who hears a card can tell its buttons apart, in each language.

At the end of each module it is looked at in what was sent there, too.
"""

from pathlib import Path

import pytest

from playground import LoopbackDiscord, Request
from tests.end_to_end.conftest import started
from tests.end_to_end.explorer import Explorer
from tests.end_to_end.labels import alike
from tests.end_to_end.stage import ROOT, BotProcess
from tests.end_to_end.tables import new_channel
from tests.end_to_end.test_languages import PRIVATE, PUBLIC

COMMANDS: list[tuple[str, dict[str, object]]] = [
    *((name, {}) for name in PUBLIC),
    ("quote", {"find": "the"}),
    ("quote", {"find": "stduio"}),
    ("cast", {"person": "Kylie"}),
    ("interview", {"question": 5}),
    ("trivia", {"rounds": 2, "calm": True}),
    ("trivia", {"difficulty": "hard", "kind": "who"}),
    ("schedule", {"time": "9"}),
    ("schedule", {"time": "9", "zone": "IST"}),
    *[("schedule", {"time": "9", "zone": "UTC", "what": what}) for what in ("fact", "prompt")],
    *((name, {}) for name in PRIVATE),
]
# What would end the exploring, and what each quote has anew.
LEAVES_ALONE = "privacy:delete|saved:remove|quote:share|quote:another|fact:another|trivia:next"


@pytest.mark.parametrize("locale", ["en-US", "fr", "es-ES", "pt-BR"])
async def test_no_card_has_two_buttons_of_one_name(
    own_discord: LoopbackDiscord, tmp_path: Path, locale: str
) -> None:
    world = own_discord.world
    world.academy.locale = world.noor.locale = locale
    async with started(BotProcess(own_discord, tmp_path, packs_dir=ROOT / "data")):
        explorer = Explorer(own_discord, world.noor, leaves_alone=LEAVES_ALONE)
        for command in COMMANDS:
            await explorer.explore(new_channel(own_discord), [command])
    features = {custom_id.split(":")[0] for custom_id in explorer.done}
    assert {"quote", "fact", "trivia", "game", "schedule", "settings", "privacy"} <= features
    assert len(explorer.done) > 150


BUTTON = {"type": 2, "style": 2}
ONE, TWO = ({"label": "One", "value": value, "default": True} for value in "12")
SELECT = {"type": 3, "options": [ONE]}


@pytest.mark.parametrize(
    ("components", "count"),
    [
        ([BUTTON | {"label": "A", "custom_id": "1"}, BUTTON | {"label": "B", "custom_id": "2"}], 0),
        ([BUTTON | {"label": "A", "custom_id": "1"}, BUTTON | {"label": "a", "custom_id": "2"}], 1),
        ([SELECT | {"custom_id": "1"}, SELECT | {"custom_id": "2"}], 1),
        ([SELECT | {"custom_id": "1"}, SELECT | {"custom_id": "2", "placeholder": "Two"}], 0),
        ([SELECT | {"custom_id": "1", "options": [ONE, TWO]}], 1),
    ],
)
def test_what_reads_alike_is_found(components: list[dict[str, object]], count: int) -> None:
    row = {"type": 1, "components": components}
    body = {"type": 4, "data": {"components": [row]}}
    assert len(alike(Request("POST", "/", "/", body))) == count
