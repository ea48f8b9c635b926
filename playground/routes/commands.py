"""Routes by which the bot registers its commands."""

from typing import Final

from playground.registry import without_translations
from playground.rest import Call, Route
from playground.wire import Reply, missing_access

_GLOBAL: Final = "/applications/{application_id}/commands"
_GUILD: Final = "/applications/{application_id}/guilds/{guild_id}/commands"


def _scope(call: Call) -> int | None:
    """Find which guild's commands are meant; None for those that are everywhere."""
    platform = call.platform
    if call.id("application_id") != platform.app.id:
        raise missing_access()
    if "guild_id" not in call.path:
        return None
    guild = platform.world.find_guild(call.id("guild_id"))
    if guild is None or platform.world.bot.id not in guild.members:
        raise missing_access()
    return guild.id


def _list(call: Call) -> Reply:
    commands = call.platform.registry.list_for(_scope(call))
    if call.asks("with_localizations"):
        return Reply(200, commands)
    return Reply(200, [without_translations(command) for command in commands])


def _overwrite(call: Call) -> Reply:
    return Reply(200, call.platform.registry.overwrite(_scope(call), call.body))


def _put(call: Call) -> Reply:
    command, is_new = call.platform.registry.put(_scope(call), call.json())
    return Reply(201 if is_new else 200, command)


def _get(call: Call) -> Reply:
    return Reply(200, call.platform.registry.get(_scope(call), call.id("command_id")))


def _change(call: Call) -> Reply:
    registry = call.platform.registry
    return Reply(200, registry.change(_scope(call), call.id("command_id"), call.json()))


def _delete(call: Call) -> Reply:
    call.platform.registry.delete(_scope(call), call.id("command_id"))
    return Reply(204)


ROUTES: Final = tuple(
    route
    for scope in (_GLOBAL, _GUILD)
    for route in (
        Route("GET", scope, _list),
        Route("PUT", scope, _overwrite),
        Route("POST", scope, _put),
        Route("GET", f"{scope}/{{command_id}}", _get),
        Route("PATCH", f"{scope}/{{command_id}}", _change),
        Route("DELETE", f"{scope}/{{command_id}}", _delete),
    )
)
