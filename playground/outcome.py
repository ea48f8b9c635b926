"""What came of something that a member did."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from playground.components import walk
from playground.events import Events
from playground.interactions import Answer, Interaction
from playground.messages import Message
from playground.wire import Json

Status = Literal["answered", "thinking", "updated", "acknowledged", "modal", "choices", "failed"]
_STATUSES: Final[dict[Answer, Status]] = {
    Answer.MESSAGE: "answered",
    Answer.DEFERRED_MESSAGE: "thinking",
    Answer.DEFERRED_UPDATE: "acknowledged",
    Answer.UPDATE: "updated",
    Answer.CHOICES: "choices",
    Answer.MODAL: "modal",
}


@dataclass(frozen=True)
class Modal:
    """A modal that is open in front of a member."""

    interaction: Interaction
    payload: Json

    @property
    def title(self) -> str:
        return self.payload["title"]

    @property
    def custom_id(self) -> str:
        return self.payload["custom_id"]

    def inputs(self) -> Iterator[Json]:
        """Give the components that can be filled in."""
        return (part for part, _path in walk(self.payload["components"]) if part.get("custom_id"))


class Outcome:
    """The first answer to an interaction, and what follows it."""

    def __init__(self, interaction: Interaction, events: Events) -> None:
        self.interaction = interaction
        self._events = events
        self._follow_ups_seen = 0

    @property
    def status(self) -> Status:
        if self.interaction.answer is None:
            return "failed"
        return _STATUSES[self.interaction.answer]

    @property
    def ms(self) -> float | None:
        """Give the milliseconds from the interaction to its first answer."""
        return self.interaction.ms

    @property
    def message(self) -> Message | None:
        """Give the message that answers, or the one that was updated."""
        return self.interaction.original

    @property
    def modal(self) -> Modal | None:
        payload = self.interaction.modal
        return None if payload is None else Modal(self.interaction, payload)

    @property
    def choices(self) -> list[Json]:
        return self.interaction.choices or []

    @property
    def refused(self) -> list[Json]:
        """Give the errors that the bot was answered on behalf of this interaction."""
        return self.interaction.refused

    @property
    def follow_ups(self) -> list[Message]:
        return self.interaction.follow_ups

    @property
    def is_ephemeral(self) -> bool:
        return self.message is not None and self.message.is_ephemeral

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""

    @property
    def custom_ids(self) -> list[str]:
        return self.message.custom_ids if self.message else []

    @property
    def labels(self) -> list[str]:
        return self.message.labels if self.message else []

    async def settled(self, seconds: float = 30.0) -> Message:
        """Wait until the bot no longer thinks; raises TimeoutError when it goes on."""

        def is_so() -> bool:
            return self.message is not None and not self.message.is_thinking

        if not await self._events.until(is_so, seconds) or self.message is None:
            raise TimeoutError(f"the bot still thinks after {seconds} s")
        return self.message

    async def follow_up(self, seconds: float = 30.0) -> Message:
        """Wait for the next follow-up; raises TimeoutError when none comes."""
        place = self._follow_ups_seen
        if not await self._events.until(lambda: len(self.follow_ups) > place, seconds):
            raise TimeoutError(f"no follow-up came within {seconds} s")
        self._follow_ups_seen += 1
        return self.follow_ups[place]

    def __repr__(self) -> str:
        return f"<Outcome {self.status}: {self.text[:80]!r}>"
