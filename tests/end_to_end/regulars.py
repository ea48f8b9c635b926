"""Members who use a bot without end, and remember what it has confirmed to them."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Final

from playground import Channel, LoopbackDiscord, Message, Outcome, User

SAVES: Final = 20
"""How many quotes somebody saves at most, who then goes on with other things."""
_PAUSE: Final = 0.2
_STEP_BACK: Final = 2
"""What a panel has while something is chosen: the choice, and the way back."""
_VERDICT: Final = re.compile(r"\*\*(?:Right|Not quite):\*\*")
_SPOILERS: Final = re.compile(r"^\*\*Spoilers\*\*\n(.+)$", re.MULTILINE)


@dataclass
class Regular:
    """Answers, saves and sets in a server of its own, and presses again what was not answered."""

    discord: LoopbackDiscord
    user: User
    channel: Channel
    answers: int = 0
    points: int = 0
    saved: set[str] = field(default_factory=set[str])
    tried: set[str] = field(default_factory=set[str])
    """Those that were saved, and those whose confirmation may have been lost on its way."""
    settings: list[str] = field(default_factory=list[str])
    """What was set for the server, as the panel says it."""
    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    """All that came of what was typed and pressed."""
    is_leaving: bool = False

    @property
    def confirmed(self) -> int:
        """Count what was confirmed."""
        return self.answers + len(self.saved) + len(self.settings)

    async def stay(self) -> None:
        """Go on until it is time to leave; what was begun is pressed until it is confirmed."""
        while not self.is_leaving:
            await self.answer()
            if len(self.saved) < SAVES:
                await self.save()
            await self.set_spoilers()
            await asyncio.sleep(_PAUSE)

    async def answer(self) -> None:
        """Answer a question: the first press counts, and each later one tells how it was."""
        if (shown := await self._type("trivia")) is None:
            return
        answers = [one for one in shown.custom_ids if one.startswith("trivia:answer:")]
        while True:
            verdict = await self._press(shown, answers[0])
            if _VERDICT.search(verdict.text):
                break
            await asyncio.sleep(_PAUSE)
        self.answers += 1
        if points := re.search(r"^-# \+(\d+) points?", verdict.text, re.MULTILINE):
            self.points += int(points[1])

    async def save(self) -> None:
        if (shown := await self._type("quote")) is None or "Save" not in shown.labels:
            return
        number = re.search(r"Quote (\d+)", shown.text)
        assert number is not None, shown.text
        self.tried.add(number[1])
        if "Saved" in (await self._press(shown, "Save")).labels:
            self.saved.add(number[1])

    async def set_spoilers(self) -> None:
        """Choose something else for the server each time, as who manages it."""
        noor = self.discord.world.noor
        choice = ("show", "omit")[len(self.settings) % 2]
        while True:
            if words := await self._chosen(noor, choice):
                break
            await asyncio.sleep(_PAUSE)
        self.settings.append(words)

    async def _chosen(self, noor: User, choice: str) -> str:
        """Try to choose; gives how the panel says that it is saved."""
        if (panel := await self._type("settings", noor)) is None:
            return ""
        await self._press(panel, "settings:change:spoilers", noor)
        if len(panel.custom_ids) > _STEP_BACK:
            return ""
        (select, *_back) = panel.custom_ids
        self.outcomes.append(await self.discord.members.select(noor, panel, select, [choice]))
        match = _SPOILERS.search(panel.text)
        return match[1] if match and panel.text.startswith("Saved.") else ""

    async def check(self) -> None:
        """See everything that was confirmed, and nothing that was not."""
        # What was answered twice in a week does not count on the boards.
        page = await self._page("privacy")
        assert f"for a month: {self.answers}\n" in page, (self.answers, page)
        page = await self._page("leaderboard", member=self.user)
        points = re.search(r"^(\d+) points?$", page, re.MULTILINE)
        assert (points and int(points[1])) == self.points, (self.points, page)
        page = await self._page("saved")
        saved = re.search(r"^### (\d+) saved", page)
        count = int(saved[1]) if saved else 0
        assert len(self.saved) <= count <= len(self.tried), page
        panel = await self._page("settings", self.discord.world.noor)
        assert (match := _SPOILERS.search(panel))
        assert self.settings[-1:] in ([], [match[1]]), panel

    async def _page(self, command: str, user: User | None = None, **options: object) -> str:
        outcome = await self.discord.members.use_command(
            user or self.user, self.channel, command, options
        )
        assert outcome.status == "answered", outcome
        return outcome.text

    async def _type(self, command: str, user: User | None = None) -> Message | None:
        """Type a command; gives what it answers, if it does."""
        user = user or self.user
        outcome = await self.discord.members.use_command(user, self.channel, command)
        self.outcomes.append(outcome)
        is_fine = outcome.status == "answered" and len(outcome.custom_ids) > 1
        return outcome.message if is_fine else None

    async def _press(self, message: Message, button: str, user: User | None = None) -> Outcome:
        outcome = await self.discord.members.press(user or self.user, message, button)
        self.outcomes.append(outcome)
        return outcome
