"""Whether the state can be written and read: tried, and not concluded."""

from bot.state.database import Database


class Pulse:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self) -> int:
        """Write a number and read it; raises StateUnavailableError where that does not work."""
        # Another number each time: SQLite leaves out what would change nothing.
        await self._database.write(
            "INSERT INTO pulse (id, beats) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET beats = pulse.beats + 1"
        )
        rows = await self._database.read("SELECT beats FROM pulse")
        return rows[0][0]
