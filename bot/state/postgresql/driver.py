"""Whether the driver of PostgreSQL is there: most hosts do without."""

from importlib.util import find_spec

from bot.errors import OperatorError
from bot.text import _


def check_driver() -> None:
    """Raise OperatorError where DATABASE_URL is set and the extra `postgres` not installed."""
    if find_spec("asyncpg") is None:
        raise OperatorError(
            _("DATABASE_URL names a PostgreSQL, but its driver isn't installed."),
            _("Install it: uv sync --extra postgres. Or leave DATABASE_URL out."),
        )
