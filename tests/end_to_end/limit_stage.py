"""A bot with packs at their limits, and what has to hold of all that it says."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from bot.interview.library.build import ensure_content
from bot.letters import units
from bot.ui.custom_ids import MAX_LENGTH
from playground import Channel, LoopbackDiscord, Message, Outcome, Request, User
from playground.components import walk
from tests.cogs.members import enabled
from tests.end_to_end.conftest import complaints
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.limit_packs import slug_of, words, write_limit_pack

MOST_UNITS: Final = {
    "label": 100,
    "value": 100,
    "placeholder": 150,
    "description": 1024,
    "custom_id": MAX_LENGTH,
}
# They would take away what the others look at, or take long.
NOT_PRESSED: Final = {
    *("Delete everything", "Tout supprimer", "Leave out here", "Écarter ici"),
    *("Picture", "Image"),
}


class LimitStage:
    """What members do, each answer of which is looked at."""

    def __init__(self, bot: BotProcess, clock: Path) -> None:
        self.bot = bot
        self.discord = bot.discord
        self.members, self.world = bot.discord.members, bot.discord.world
        self._clock = clock

    async def use(self, user: User, place: Channel, command: str, **options: object) -> Message:
        return assert_answered(await self.members.use_command(user, place, command, options))

    async def press(self, user: User, message: Message, label: str) -> Message:
        outcome = await self.members.press(user, message, label)
        if outcome.status == "thinking":
            await outcome.settled()
        return assert_answered(outcome)

    async def press_all(self, user: User, message: Message) -> None:
        """Press each button once, as long as it is there."""
        for label in dict.fromkeys(enabled(message)):
            if label not in NOT_PRESSED and label in enabled(message):
                await self.press(user, message, label)

    def set_clock(self, seconds_ahead: float) -> None:
        """Let time be another, for the bot and for Discord."""
        whole = self._clock.with_suffix(".new")
        whole.write_text(str(seconds_ahead))
        whole.replace(self._clock)
        self.discord.faults.set_clock(seconds_ahead)

    def change(self, sql: str, *values: object) -> None:
        """Change the state of the bot, behind its back."""
        self.bot.ask_state(sql, *values)

    def join(self, script: str, count: int) -> list[User]:
        """Let members join whose names are as long as may be."""
        first = max(self.world.academy.members) + 1
        users = [User(first + n, words(script, f"{n}", 32)) for n in range(count)]
        for user in users:
            self.world.academy.join(user)
        return users

    def let_win(self, users: list[User], week: str) -> None:
        """Let some have as many points of a week as anybody ever will."""
        for user in users:
            score = (self.world.academy.id, week, user.id, 10**6, 10**4, 10**4)
            self.change("INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?)", *score)

    def posts(self, place: Channel) -> list[Message]:
        """List what was posted for everybody without an answer to somebody."""
        shown = self.members.history(self.world.robin, place)
        posted = [one for one in shown if "interaction_metadata" not in one.payload]
        for message in posted:
            assert_fits(message.payload)
        return posted


@asynccontextmanager
async def limit_stage(
    discord: LoopbackDiscord, folder: Path, scripts: Iterable[str]
) -> AsyncIterator[LimitStage]:
    """Start a bot whose games are fast and whose clock can be set."""
    for script in scripts:
        write_limit_pack(folder / "data" / slug_of("few", script), script, people=4)
        write_limit_pack(folder / "data" / slug_of("crowd", script), script)
    discord.world.noor.locale = "fr"
    # Beforehand: a bot that builds so much is not ready in time.
    (folder / "var").mkdir()
    ensure_content(folder / "var", folder / "data")
    extra = {"TEST_CLOCK": str(folder / "clock")}
    bot = BotProcess(
        discord, folder / "var", packs_dir=folder / "data", extra=extra, module=SURROUNDED
    )
    stage = LimitStage(bot, folder / "clock")
    stage.set_clock(0)
    try:
        await bot.start()
        yield stage
    finally:
        await bot.kill()
    assert bot.errors() == []
    assert complaints(discord, _one_of_each_kind(discord)) == []


def _one_of_each_kind(discord: LoopbackDiscord) -> list[Request]:
    """Give requests of which each is built in another way: what they hold was looked at."""
    kinds = {
        (request.method, request.route, _build_of(request.body)): request
        for request in discord.record
    }
    return list(kinds.values())


def _build_of(value: Any) -> object:
    if isinstance(value, dict):
        return tuple((key, _build_of(inner)) for key, inner in sorted(value.items()))
    if isinstance(value, list):
        return tuple(dict.fromkeys(map(_build_of, value)))
    return type(value)


def assert_fits(payload: dict[str, Any]) -> None:
    """Count as strictly as anybody may, which the playground does not."""
    tree = [component for component, _path in walk(payload["components"])]
    assert 0 < len(tree) <= 40
    shown = sum(units(one.get("content", "")) for one in tree)
    assert shown <= 4000
    assert shown or any(one.get("items") for one in tree)
    for component in tree:
        for part in (component, *component.get("options", ()), *component.get("items", ())):
            for field, most in MOST_UNITS.items():
                assert units(str(part.get(field, ""))) <= most


def assert_answered(outcome: Outcome) -> Message:
    assert outcome.status in ("answered", "updated", "thinking")
    assert outcome.refused == []
    assert outcome.message is not None
    assert "my fault" not in outcome.text
    assert "another version" not in outcome.text, "each id that is sent is one that is known"
    assert "C’est ma faute" not in outcome.text
    assert_fits(outcome.message.payload)
    return outcome.message


def parts(message: Message, kind: str) -> Iterator[dict[str, Any]]:
    """List the parts of a message that have a field."""
    return (one for one, _path in walk(message.payload["components"]) if kind in one)
