"""What a server chooses: each thing once, with how it is asked, said and stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import discord

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.interview.model import Interview
from bot.state.guild_settings import MODERATORS, GuildSettings
from bot.text import Text, _
from bot.ui.markdown import plain
from bot.ui.reader import Reader
from bot.ui.views import option

Interviews = Mapping[str, Interview]

SPOILERS: Final = {
    SpoilerPolicy.SHOW: _("Show all"),
    SpoilerPolicy.HIDE: _("Show mild ones, hide major ones behind a veil"),
    SpoilerPolicy.OMIT: _("Hide mild ones behind a veil, leave out major ones"),
}
_EVERYBODY: Final = "everybody"
_SECONDS: Final = (10, 15, 20, 30, 45, 60, 90, 120)
_SHOWN_CHANNELS: Final = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values for a field of `GuildSettings`."""

    title: Text
    question: Text
    name: str
    values: Mapping[Any, Text] = field(default_factory=dict[Any, Text])

    def said(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        """Put into words what is chosen now."""
        return reader.say(self.values[getattr(settings, self.name)])

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        """List what can be chosen."""
        chosen = getattr(settings, self.name)
        return [
            option(reader.say(words), _sent(value), is_chosen=value == chosen)
            for value, words in self.values.items()
        ]

    def most(self, _settings: GuildSettings) -> int:
        """Give how many may be chosen at once."""
        return 1

    def changed(
        self, settings: GuildSettings, _interviews: Interviews, sent: Sequence[str]
    ) -> GuildSettings:
        """Apply what was chosen; it comes from the network, and UserError refuses it."""
        for value in self.values:
            if [_sent(value)] == list(sent):
                return replace(settings, **{self.name: value})
        raise unknown_choice()


def unknown_choice() -> UserError:
    return UserError(_("That cannot be chosen."), _("Type /settings again."))


def _sent(value: object) -> str:
    """Give what stands for a value in a select, where nothing may be empty."""
    return str(value) or _EVERYBODY


@dataclass(frozen=True, slots=True)
class GamesChoice(Choice):
    """Who may start games: besides the values, the members with a role."""

    def said(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        known = self.values.get(settings.games)
        return reader.say(known) if known else f"<@&{settings.games}>"


@dataclass(frozen=True, slots=True)
class PlacesChoice(Choice):
    """Where answers may be public; channels are chosen with a select of Discord's own."""

    def said(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        channels = settings.public_channels
        if not channels:
            return reader.say(self.values[channels])
        shown = " ".join(f"<#{channel_id}>" for channel_id in channels[:_SHOWN_CHANNELS])
        return shown + (" …" if len(channels) > _SHOWN_CHANNELS else "")

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return []


@dataclass(frozen=True, slots=True)
class InterviewChoice(Choice):
    """The interview that is meant where none is named."""

    def said(self, settings: GuildSettings, interviews: Interviews, reader: Reader) -> str:
        first = next(iter(interviews.values()))
        return plain(_name(interviews.get(settings.interview, first)))

    def options(
        self, settings: GuildSettings, interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return [
            option(_name(one), slug, is_chosen=slug == settings.interview)
            for slug, one in interviews.items()
        ]

    def changed(
        self, settings: GuildSettings, interviews: Interviews, sent: Sequence[str]
    ) -> GuildSettings:
        if not sent or sent[0] not in interviews:
            raise unknown_choice()
        return replace(settings, interview=sent[0])


def _name(interview: Interview) -> str:
    return interview.work or interview.title


@dataclass(frozen=True, slots=True)
class LeftOutChoice(Choice):
    """The quotes that are left out: those that are chosen come in again."""

    def said(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        numbers = ", ".join(f"#{number}" for _slug, number in settings.left_out)
        return numbers or reader.say(_("None. *Context* below a quote offers it."))

    def options(
        self, settings: GuildSettings, interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        several = len(interviews) > 1
        return [
            option(f"#{number} · {slug}" if several else f"#{number}", f"{slug}:{number}")
            for slug, number in settings.left_out
        ]

    def most(self, settings: GuildSettings) -> int:
        return max(1, len(settings.left_out))

    def changed(
        self, settings: GuildSettings, _interviews: Interviews, sent: Sequence[str]
    ) -> GuildSettings:
        kept = [item for item in settings.left_out if f"{item[0]}:{item[1]}" not in sent]
        return replace(settings, left_out=tuple(kept))


CHOICES: Final[Mapping[str, Choice]] = {
    "spoilers": Choice(
        _("Spoilers"),
        _("What should happen to what gives the story away?"),
        "spoilers",
        SPOILERS,
    ),
    "mature": Choice(
        _("Strong language"),
        _("Where may strong language be shown?"),
        "mature",
        {
            MaturePolicy.RESTRICTED: _("Only in age-restricted channels"),
            MaturePolicy.EVERYWHERE: _("In every channel"),
            MaturePolicy.NOWHERE: _("Nowhere"),
        },
    ),
    "public": PlacesChoice(
        _("Public answers"),
        _("Where may everybody see the answers? Elsewhere only who asks does."),
        "public_channels",
        {None: _("In every channel"), (): _("Nowhere: only who asks sees the answer")},
    ),
    "interview": InterviewChoice(
        _("Interview"), _("Which interview is meant where none is named?"), "interview"
    ),
    "games": GamesChoice(
        _("Who may start games"),
        _("Who may start a game of trivia? Moderators always may."),
        "games",
        {"": _("Everybody"), MODERATORS: _("Moderators")},
    ),
    "seconds": Choice(
        _("Time to answer"),
        _("How long does a round last where who starts the game does not say?"),
        "seconds",
        {n: _("{n} seconds a round", n=n) for n in _SECONDS},
    ),
    "calm": Choice(
        _("Games without a clock"),
        _("Are games played without a clock where who starts one does not say?"),
        "is_calm",
        {False: _("Only when asked for"), True: _("Always, unless seconds are named")},
    ),
    "left-out": LeftOutChoice(
        _("Quotes left out"), _("Choose the quotes that may be shown here again."), "left_out"
    ),
}
