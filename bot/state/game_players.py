"""Who has joined games before their first round."""

from typing import Final

from bot.state.database import Database
from bot.state.game import Game, Player
from bot.state.off_board import is_off_board

_JOIN: Final = """
INSERT INTO game_player (game_id, user_id)
SELECT id, :user_id FROM game WHERE id = :game_id AND round = 0 AND phase = 'reading'
ON CONFLICT (game_id, user_id) DO NOTHING
RETURNING user_id
"""
_PLAYERS: Final = f"""
SELECT user_id, {is_off_board("game.guild_id", "game_player.user_id")} AS is_hidden
FROM game_player JOIN game ON game.id = game_id
WHERE game_id = ? ORDER BY game_player.id
"""  # noqa: S608 - our own words


class GamePlayers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def join(self, game_id: int, user_id: int) -> bool:
        """Let a member join a game; False where its lobby is over or they are in already."""
        return bool(await self._database.write(_JOIN, game_id=game_id, user_id=user_id))

    async def list_for(self, game: Game) -> list[Player]:
        """List who has joined, in that order."""
        rows = await self._database.read(_PLAYERS, game.id)
        return [Player(row["user_id"], bool(row["is_hidden"])) for row in rows]
