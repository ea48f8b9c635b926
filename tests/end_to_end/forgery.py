"""What a liar presses: something that the bot never showed there."""

from playground import Message
from playground.components import ComponentKind


def forge(message: Message, custom_id: str) -> None:
    """Leave a single button below a message, with an id of the liar's own.

    The message's own buttons go: beside a false one they'd tell of something else by its name.
    """
    row = next(one for one in message.components() if one["type"] == ComponentKind.ACTION_ROW)
    row["components"] = [row["components"][0] | {"custom_id": custom_id}]
