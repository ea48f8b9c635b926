"""What members do in the tests of commands: type them, and answer questions."""

import re

from playground import Channel, LoopbackDiscord, Message, Outcome, User
from tests.end_to_end.tables import new_channel


async def use(discord: LoopbackDiscord, user: User, command: str, **options: object) -> Outcome:
    """Type a command in a direct message."""
    return await discord.members.use_command(user, discord.world.dm(user), command, options)


async def posted(discord: LoopbackDiscord, user: User, command: str, **options: object) -> Message:
    """Type a command in a server, in a channel that nothing has flooded yet."""
    outcome = await discord.members.use_command(user, new_channel(discord), command, options)
    assert outcome.message is not None, outcome.status
    return outcome.message


async def asked(
    discord: LoopbackDiscord, user: User, *, place: Channel | None = None, is_public: bool = True
) -> Message:
    """Let somebody ask; in one place nothing is asked twice."""
    place = place or (new_channel(discord) if is_public else discord.world.dm(user))
    outcome = await discord.members.use_command(user, place, "trivia", {"kind": "curated"})
    assert outcome.message is not None
    return outcome.message


async def answered(discord: LoopbackDiscord, user: User, message: Message) -> Outcome:
    outcome = await discord.members.press(user, message, message.custom_ids[0])
    assert outcome.is_ephemeral
    return outcome


async def answered_rightly(discord: LoopbackDiscord, user: User, message: Message) -> Outcome:
    """Let somebody else find out which choice is right, and choose that."""
    noor = discord.world.noor
    seen = await answered(discord, noor, message)
    told = re.search(r"(?:Right:\*\*|it was) “?(.+?)”?$", seen.text, re.MULTILINE)
    assert told is not None, seen.text
    choice = next(label for label in message.labels if label.endswith(f"  {told[1]}"))
    return await discord.members.press(user, message, choice)


def enabled(message: Message) -> list[str]:
    """List the labels of the buttons that can be pressed."""

    def buttons(component: dict[str, object]) -> list[dict[str, object]]:
        inner = component.get("components", [])
        assert isinstance(inner, list)
        return [component, *(button for child in inner for button in buttons(child))]

    every = [found for child in message.payload["components"] for found in buttons(child)]
    return [
        str(button["label"])
        for button in every
        if button.get("label") and not button.get("disabled")
    ]
