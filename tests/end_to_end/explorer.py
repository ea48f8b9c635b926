"""Somebody who does whatever can be done."""

import re
from collections.abc import Iterable, Mapping

from playground import Channel, LoopbackDiscord, MemberError, Message, Outcome, User

DEPTH = 4
"""So many presses after another."""


class Explorer:
    """Types commands, and presses and selects all that they lead to, each once.

    Ids that begin with the pattern `leaves_alone` are not touched.
    """

    def __init__(self, discord: LoopbackDiscord, user: User, *, leaves_alone: str = "-") -> None:
        self.done: set[str] = set()
        self._discord = discord
        self._user = user
        self._leaves_alone = re.compile(f"(?:{leaves_alone})")

    async def explore(
        self, channel: Channel, commands: Iterable[tuple[str, Mapping[str, object]]]
    ) -> None:
        for command, options in commands:
            members = self._discord.members
            outcome = await members.use_command(self._user, channel, command, options)
            await self._go_on(outcome, DEPTH)

    async def _go_on(self, outcome: Outcome, depth: int) -> None:
        if outcome.message is None:
            return
        # A picture that is still drawn would be told to whoever comes next.
        message = await outcome.settled()
        if depth == 0:
            return
        for component in list(message.components()):
            custom_id = component.get("custom_id", "")
            if self._leaves_alone.match(custom_id) or component.get("disabled"):
                continue
            for value in [option["value"] for option in component.get("options", [])] or [None]:
                if f"{custom_id} {value}" in self.done:
                    continue
                self.done.add(f"{custom_id} {value}")
                await self._go_on(await self._do(message, custom_id, value), depth - 1)

    async def _do(self, message: Message, custom_id: str, value: str | None) -> Outcome:
        members = self._discord.members
        # The press before may have turned the page on which this one stood.
        try:
            if value is None:
                return await self._press(message, custom_id)
            return await members.select(self._user, message, custom_id, [value])
        except MemberError:
            place = self._discord.world.dm(self._user)
            return await members.use_command(self._user, place, "help")

    async def _press(self, message: Message, custom_id: str) -> Outcome:
        """Press a button, and wait for a picture that takes the place of the one before."""
        before = list(message.attachments)
        pressed = await self._discord.members.press(self._user, message, custom_id)
        if custom_id.startswith("quote:look:") and pressed.status == "acknowledged":
            is_drawn = self._discord.platform.events.until(
                lambda: message.attachments != before, 60
            )
            assert await is_drawn, custom_id
        return pressed
