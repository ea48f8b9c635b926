"""What somebody decided about a transcript: kept, so that a later load of it is read the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.interview.words import fold


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is not left to the reader: by the labels as the file has them, whatever their case.

    Two labels of one name are one voice; a label with a name is no other's short form.
    """

    shape: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asks: tuple[str, ...] = ()
    """Labels, or names, of who asks; nobody else does then."""
    nobody: tuple[str, ...] = ()
    """Labels, or names, of what is nobody's: left out with what stands behind them."""

    def name_of(self, label: str) -> str | None:
        return next((name for key, name in self.names.items() if fold(key) == fold(label)), None)

    def to_toml(self) -> Mapping[str, Any]:
        """Give what `reading.toml` holds: what was decided, and nothing else."""
        fields = {
            "shape": self.shape,
            "asks": list(self.asks),
            "nobody": list(self.nobody),
            "names": dict(self.names),
        }
        return {name: value for name, value in fields.items() if value}
