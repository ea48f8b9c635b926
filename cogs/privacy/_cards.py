"""What is stored about a member, as a card and as a file."""

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import discord

from bot.interview.audience import Reader, SpoilerPolicy
from bot.state.copies.backups import BACKUP_DAYS
from bot.text import Text, _, plural
from bot.ui.cards import Card, Item, box, row_of
from bot.ui.spoilers import SPOILERS

_NAME: Final = "encore.json"
# Bytes; Discord takes 10 MiB.
_LARGEST: Final = 8_000_000
COUNTED: Final = (
    "answer",
    "game_answer",
    "player",
    "game_player",
    "duel_player",
    "mastery",
    "saved",
    "report",
    "bag",
    "forgotten_mark",
    "off_board_mark",
)
"""The tables whose entries a member is told, all of them quickly counted."""


def privacy_card(
    policy: SpoilerPolicy | None,
    counts: Mapping[str, int],
    reader: Reader,
    rows: Sequence[Sequence[Item]],
    *,
    is_hidden: bool,
    note: Text | None = None,
) -> Card:
    """Say what is stored about a member, and what they have chosen for themselves."""
    lines = [
        _("### What I store about you"),
        *_stored_lines(counts),
        _("- your choices below"),
        _(
            "It's all under your Discord ID, on the computer of whoever runs this bot. No names, no"
            " messages, nothing you type."
        ),
        _("### Spoilers in answers only you see"),
        SPOILERS[policy] if policy else _("Same as the server"),
        _("### Boards"),
        _("You're hidden from all of them.")
        if is_hidden
        else _("Your points show on your servers' boards."),
    ]
    controls = [item for row in rows for item in row_of(row)]
    container = box([*map(reader.say, lines)], *controls)
    return Card(reader.locale, *([reader.say(note)] if note else []), container)


def _stored_lines(counts: Mapping[str, int]) -> list[Text]:
    answers = counts["answer"] + counts["game_answer"]
    joined = counts["game_player"] + counts["duel_player"]
    lines = [
        _(
            "- your trivia answers and when you gave them, for a month: {count}",
            count=answers,
        ),
        _("- your points and streaks, server by server: {count}", count=counts["player"]),
        _("- games and duels you joined, for a month: {count}", count=joined),
        _("- how far you are with each question: {count}", count=counts["mastery"]),
        _("- the quotes you saved, by number: {count}", count=counts["saved"]),
        _("- the mistakes you reported: {count}", count=counts["report"]),
        _(
            "- what you've seen in our direct messages, so I don't repeat myself: {count}",
            count=counts["bag"],
        ),
    ]
    if counts["forgotten_mark"]:
        lines.append(_("- that you had everything deleted, as a mark that doesn't reveal your ID"))
    if counts["off_board_mark"]:
        lines.append(
            _("- that a moderator took you off a board, as a mark that doesn't reveal your ID")
        )
    return lines


def deletion_card(reader: Reader, buttons: Sequence[Item]) -> Card:
    """Ask before everything about a member goes."""
    lines = [
        _("### Delete everything?"),
        _(
            "This deletes your points, streaks, answers, saved quotes, reports and choices, in"
            " every server and in our direct messages."
        ),
        _("You can't undo this."),
        plural(
            "They're gone from all backups within a day.",
            "They're gone from all backups within {count} days.",
            BACKUP_DAYS,
        ),
        _(
            "Until then I keep a mark that doesn't reveal your ID, so that I can delete you again"
            " if a backup is restored."
        ),
        _(
            "If a moderator took you off the boards, you stay off: I keep such a mark for that,"
            " too."
        ),
    ]
    return Card(reader.locale, box([*map(reader.say, lines)], *row_of(buttons)))


def export_file(
    user_id: int, stored: Mapping[str, Sequence[Mapping[str, object]]], now: float
) -> discord.File:
    """Write what is stored about a member; what Discord would not take is compressed."""
    document = {
        "member": str(user_id),
        "exported_at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "times": "seconds since 1970-01-01 UTC; days since then",
        "stored": stored,
    }
    whole = json.dumps(document, indent=2).encode()
    if len(whole) <= _LARGEST:
        return discord.File(io.BytesIO(whole), _NAME)
    return discord.File(io.BytesIO(gzip.compress(whole)), f"{_NAME}.gz")


def export_card(file: discord.File, count: int, reader: Reader) -> Card:
    """Hand out what is stored about a member."""
    size = plural("Here's everything: 1 entry.", "Here's everything: {count} entries.", count)
    return Card(
        reader.locale, reader.say(size), discord.ui.File[Any](f"attachment://{file.filename}")
    )
