"""The settings of a server: each once, with how it is asked, put into words and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import discord

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, Reader
from bot.interview.model import Interview
from bot.interview.names import interview_names
from bot.state.guild_settings import MODERATORS, GuildSettings
from bot.text import Text, _
from bot.trivia.game.rounds import SERVER_SECONDS
from bot.ui.markdown import plain
from bot.ui.quote_cards import more_of
from bot.ui.spoilers import SPOILERS
from bot.ui.views import option

Interviews = Mapping[str, Interview]

_EVERYBODY: Final = "everybody"
# Mentions of channels are long, and the panel has room for its sections only.
_SHOWN_CHANNELS: Final = 10
_SHOWN_QUOTES: Final = 25


@dataclass(frozen=True, slots=True)
class Setting:
    """One of a few values for the field of `GuildSettings` that has its name."""

    name: str
    title: Text
    change: Text
    """What its button says: read out alone, it is one of many."""
    question: Text
    values: Mapping[Any, Text] = field(default_factory=dict[Any, Text])

    def words(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        """Put the present value into words."""
        return reader.say(self.values[getattr(settings, self.name)])

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        """List what can be chosen."""
        current = getattr(settings, self.name)
        return [
            option(reader.say(words), _wire(value), is_chosen=value == current)
            for value, words in self.values.items()
        ]

    def most(self, _settings: GuildSettings) -> int:
        """Give how many may be chosen at once."""
        return 1

    def changed(
        self, settings: GuildSettings, _interviews: Interviews, values: Sequence[str]
    ) -> GuildSettings:
        """Apply the values of a select; they come from the network, and UserError refuses them."""
        for value in self.values:
            if [_wire(value)] == list(values):
                return replace(settings, **{self.name: value})
        raise unknown_value()


def unknown_value() -> UserError:
    return UserError(_("That's no longer a choice."), _("Type /settings again."))


def _wire(value: object) -> str:
    """Give what stands for a value in a select, where nothing may be empty."""
    return str(value) or _EVERYBODY


@dataclass(frozen=True, slots=True)
class GamesSetting(Setting):
    """Who may start games: besides the values, the members with a role."""

    def words(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        words = self.values.get(settings.games)
        return reader.say(words) if words else f"<@&{settings.games}>"


@dataclass(frozen=True, slots=True)
class PlacesSetting(Setting):
    """Where answers may be public; channels are chosen with a select of Discord's own."""

    def words(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        channels = settings.public_channels
        if not channels:
            return reader.say(self.values[channels])
        mentions = " ".join(f"<#{channel_id}>" for channel_id in channels[:_SHOWN_CHANNELS])
        left = len(channels) - _SHOWN_CHANNELS
        return f"{mentions} {reader.say(more_of(left))}" if left > 0 else mentions

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return []


@dataclass(frozen=True, slots=True)
class InterviewSetting(Setting):
    """The interview that is meant where none is named."""

    def words(self, settings: GuildSettings, interviews: Interviews, reader: Reader) -> str:
        first = next(iter(interviews.values()))
        present = interviews.get(settings.interview, first)
        return plain(interview_names(interviews)[present.slug])

    def options(
        self, settings: GuildSettings, interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return [
            option(name, slug, is_chosen=slug == settings.interview)
            for slug, name in interview_names(interviews).items()
        ]

    def changed(
        self, settings: GuildSettings, interviews: Interviews, values: Sequence[str]
    ) -> GuildSettings:
        if not values or values[0] not in interviews:
            raise unknown_value()
        return replace(settings, interview=values[0])


@dataclass(frozen=True, slots=True)
class LeftOutSetting(Setting):
    """The quotes that are left out: those that are chosen come in again."""

    def words(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        numbers = [f"#{number}" for _slug, number in settings.left_out[:_SHOWN_QUOTES]]
        left = len(settings.left_out) - _SHOWN_QUOTES
        more = [reader.say(more_of(left))] if left > 0 else []
        return " ".join([*numbers, *more]) or reader.say(
            _("None. To leave one out, press *Context* below it.")
        )

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
        self, settings: GuildSettings, _interviews: Interviews, values: Sequence[str]
    ) -> GuildSettings:
        remaining = [item for item in settings.left_out if f"{item[0]}:{item[1]}" not in values]
        return replace(settings, left_out=tuple(remaining))


_ALL: Final = (
    Setting(
        "spoilers",
        _("Spoilers"),
        _("Change spoilers"),
        _("What should I do with spoilers?"),
        SPOILERS,
    ),
    Setting(
        "mature",
        _("Strong language"),
        _("Change strong language"),
        _("Where can I show strong language?"),
        {
            MaturePolicy.RESTRICTED: _("Only in age-restricted channels"),
            MaturePolicy.EVERYWHERE: _("In every channel"),
            MaturePolicy.NOWHERE: _("Nowhere"),
        },
    ),
    PlacesSetting(
        "public_channels",
        _("Public answers"),
        _("Change public answers"),
        _("Where can everybody see my answers? Elsewhere, only the person asking does."),
        {None: _("In every channel"), (): _("Nowhere: only the person asking sees them")},
    ),
    InterviewSetting(
        "interview",
        _("Interview"),
        _("Change interview"),
        _("Which interview do I use when nobody picks one?"),
    ),
    GamesSetting(
        "games",
        _("Who can start games"),
        _("Change who can start"),
        _("Who can start a trivia game? Moderators always can."),
        {"": _("Everybody"), MODERATORS: _("Moderators")},
    ),
    Setting(
        "seconds",
        _("Time to answer"),
        _("Change time to answer"),
        _("How long is a round, unless somebody picks a time?"),
        {n: _("{n} seconds a round", n=n) for n in SERVER_SECONDS},
    ),
    Setting(
        "is_calm",
        _("Calm games"),
        _("Change calm games"),
        _("A calm game has no clock. When should games be calm?"),
        {
            False: _("Only when somebody picks calm"),
            True: _("Always, unless somebody picks seconds"),
        },
    ),
    Setting(
        "has_threads",
        _("Threads"),
        _("Change threads"),
        _(
            "Should games, and daily posts with something to talk about, get threads of their own?"
            " That keeps the channel readable."
        ),
        {
            False: _("No, everything stays in the channel"),
            True: _("For games and things to talk about, where I can open one"),
        },
    ),
    LeftOutSetting(
        "left_out",
        _("Quotes left out"),
        _("Put quotes back"),
        _("Pick the quotes to show here again."),
    ),
)
SETTINGS: Final[Mapping[str, Setting]] = {setting.name: setting for setting in _ALL}
