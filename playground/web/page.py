"""The page on which members are played, as the server of a Discord."""

from collections.abc import Sequence

from playground.server import LoopbackDiscord
from playground.web.conversation import Conversation
from playground.web.door import PAGE, Door, files_of
from playground.web.socket import PageSocket
from playground.web.views import Notice, Views


class Page:
    """Adds itself to a Discord that is not started yet; `url` is known when it is."""

    def __init__(self, discord: LoopbackDiscord, key: str | None = None) -> None:
        self._discord = discord
        self._views = Views(discord)
        self._door = Door(discord.server, files_of(PAGE), self._serve, key)

    @property
    def url(self) -> str:
        return self._door.url

    def set_notices(self, notices: Sequence[Notice]) -> None:
        """Show these on every page, instead of those before."""
        self._views.notices = tuple(notices)
        self._discord.platform.events.emit("notices")

    def count_restart(self) -> None:
        """Tell the pages that the bot was started once more."""
        self._views.restarts += 1
        self._discord.platform.events.emit("bot_restarted")

    async def _serve(self, conversation: Conversation) -> None:
        await PageSocket(self._discord, self._views, conversation).serve()
