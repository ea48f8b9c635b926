"""What was looked at, and how it is: a line of `encore doctor`."""

from dataclasses import dataclass
from typing import Self

from bot.errors import OperatorError
from bot.text import say


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; where it is not well, `remedy` says what to do.

    The exit code tells what a host has to mend (78) from what may pass (75).
    """

    what: str
    how: str
    remedy: str = ""
    fault_code: int = OperatorError.exit_code

    @classmethod
    def of(cls, what: str, error: OperatorError) -> Self:
        how, remedy = say(error.text).rstrip("."), say(error.remedy) if error.remedy else ""
        return cls(what, how, remedy or how, error.exit_code)

    @property
    def exit_code(self) -> int:
        return self.fault_code if self.remedy else 0

    def __str__(self) -> str:
        if not self.remedy:
            return f"ok       {self.what}: {self.how}"
        return f"PROBLEM  {self.what}: {self.how}. {self.remedy}"
