"""Failures: those that a person is told about, and those that say whether to try again."""

from bot.text import Text, say


class _SpokenError(Exception):
    def __init__(self, text: Text, remedy: Text | None = None) -> None:
        super().__init__(text, remedy)
        self.text = text
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(say(part) for part in (self.text, self.remedy) if part is not None)


class UserError(_SpokenError):
    """A member asked for something that cannot be had: one sentence, one remedy, no incident."""


class OverError(UserError):
    """What a button belongs to is over for good: below a message that one alone sees it goes."""


class OperatorError(_SpokenError):
    """Whoever runs the bot has to do something; ends the process with `exit_code`.

    78 (EX_CONFIG) says that a restart changes nothing, 75 (EX_TEMPFAIL) that it may.
    """

    exit_code = 78


class UnavailableError(OperatorError):
    """Something outside is missing for now; a supervisor may start the bot again."""

    exit_code = 75


class PassingError(Exception):
    """Something outside did not work just now; tried again later it may."""


class StateUnavailableError(PassingError):
    """The state database is busy, away, full or damaged."""


class ContentUnavailableError(PassingError):
    """The database of the interviews cannot be read; it is being built again."""


class GoneError(Exception):
    """The place where something was to be shown is gone, or closed to the bot."""
