"""What was looked at, and how it is: a line of `encore doctor`."""

from dataclasses import dataclass
from typing import Final, Self

from bot.errors import OperatorError
from bot.text import Text, printable, say

_WELL: Final = "ok"
_WORTH_KNOWING: Final = "note"
_WRONG: Final = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; where it is not well, `remedy` says what to do.

    The exit code tells what a host has to mend (78) from what may pass (75), and from what is only
    worth knowing (0).
    """

    what: str
    how: str
    remedy: str = ""
    fault_code: int = OperatorError.exit_code

    @classmethod
    def of(cls, what: str, error: OperatorError) -> Self:
        if error.remedy is None:
            return cls(what, "", say(error.text), error.exit_code)
        return cls(what, say(error.text).rstrip("."), say(error.remedy), error.exit_code)

    @classmethod
    def of_mistake(cls, what: str, mistake: Text) -> Self:
        """Take a sentence that says both what is wrong and what to do."""
        return cls(what, "", say(mistake))

    @classmethod
    def note(cls, what: str, how: str, remedy: str) -> Self:
        return cls(what, how, remedy, 0)

    @property
    def exit_code(self) -> int:
        return self.fault_code if self.remedy else 0

    @property
    def is_problem(self) -> bool:
        return self.exit_code > 0

    @property
    def state(self) -> str:
        if not self.remedy:
            return _WELL
        return _WRONG if self.fault_code else _WORTH_KNOWING

    @property
    def sentence(self) -> str:
        """Say how it is and what to do; a terminal would obey what others may have written here."""
        how = f"{self.how}." if self.how and self.remedy else self.how
        return printable(" ".join(filter(None, (how, self.remedy))))

    def __str__(self) -> str:
        word = self.state.upper() if self.is_problem else self.state
        return f"{word:<8} {self.what}: {self.sentence}"
