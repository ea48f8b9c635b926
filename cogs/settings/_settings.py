"""The settings of a server: each once, with how it is asked, put into words and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import discord

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, Reader
from bot.interview.model import Interview
from bot.state.guild_settings import MODERATORS, GuildSettings
from bot.text import Text, _
from bot.ui.markdown import plain
from bot.ui.spoilers import SPOILERS
from bot.ui.views import option

Interviews = Mapping[str, Interview]

_EVERYBODY: Final = "everybody"
_SECONDS: Final = (10, 15, 20, 30, 45, 60, 90, 120)
_SHOWN_CHANNELS: Final = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """One of a few values for a field of `GuildSettings`."""

    title: Text
    question: Text
    attribute: str
    values: Mapping[Any, Text] = field(default_factory=dict[Any, Text])

    def words(self, settings: GuildSettings, _interviews: Interviews, reader: Reader) -> str:
        """Put the present value into words."""
        return reader.say(self.values[getattr(settings, self.attribute)])

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        """List what can be chosen."""
        current = getattr(settings, self.attribute)
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
                return replace(settings, **{self.attribute: value})
        raise unknown_value()


def unknown_value() -> UserError:
    return UserError(_("That cannot be chosen."), _("Type /settings again."))


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
        return mentions + (" …" if len(channels) > _SHOWN_CHANNELS else "")

    def options(
        self, settings: GuildSettings, _interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return []


@dataclass(frozen=True, slots=True)
class InterviewSetting(Setting):
    """The interview that is meant where none is named."""

    def words(self, settings: GuildSettings, interviews: Interviews, reader: Reader) -> str:
        first = next(iter(interviews.values()))
        return plain(interviews.get(settings.interview, first).work)

    def options(
        self, settings: GuildSettings, interviews: Interviews, reader: Reader
    ) -> list[discord.SelectOption]:
        return [
            option(interview.work, slug, is_chosen=slug == settings.interview)
            for slug, interview in interviews.items()
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
        self, settings: GuildSettings, _interviews: Interviews, values: Sequence[str]
    ) -> GuildSettings:
        remaining = [item for item in settings.left_out if f"{item[0]}:{item[1]}" not in values]
        return replace(settings, left_out=tuple(remaining))


SETTINGS: Final[Mapping[str, Setting]] = {
    "spoilers": Setting(
        _("Spoilers"),
        _("What should happen to what gives the story away?"),
        "spoilers",
        SPOILERS,
    ),
    "mature": Setting(
        _("Strong language"),
        _("Where may strong language be shown?"),
        "mature",
        {
            MaturePolicy.RESTRICTED: _("Only in age-restricted channels"),
            MaturePolicy.EVERYWHERE: _("In every channel"),
            MaturePolicy.NOWHERE: _("Nowhere"),
        },
    ),
    "public": PlacesSetting(
        _("Public answers"),
        _("Where may everybody see the answers? Elsewhere only who asks does."),
        "public_channels",
        {None: _("In every channel"), (): _("Nowhere: only who asks sees the answer")},
    ),
    "interview": InterviewSetting(
        _("Interview"), _("Which interview is meant where none is named?"), "interview"
    ),
    "games": GamesSetting(
        _("Who may start games"),
        _("Who may start a game of trivia? Moderators always may."),
        "games",
        {"": _("Everybody"), MODERATORS: _("Moderators")},
    ),
    "seconds": Setting(
        _("Time to answer"),
        _("How long does a round last where who starts the game does not say?"),
        "seconds",
        {n: _("{n} seconds a round", n=n) for n in _SECONDS},
    ),
    "calm": Setting(
        _("Games without a clock"),
        _("Are games played without a clock where who starts one does not say?"),
        "is_calm",
        {False: _("Only when asked for"), True: _("Always, unless seconds are named")},
    ),
    "left-out": LeftOutSetting(
        _("Quotes left out"), _("Choose the quotes that may be shown here again."), "left_out"
    ),
}
