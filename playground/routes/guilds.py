"""Routes about guilds and their members."""

from typing import Final

from playground.places import Guild
from playground.rest import Call, Route
from playground.wire import Reply, missing_access, unknown_guild, unknown_member


def _guild(call: Call) -> Guild:
    world = call.platform.world
    guild = world.find_guild(call.id("guild_id"))
    if guild is None:
        raise unknown_guild()
    if world.bot.id not in guild.members:
        raise missing_access()
    return guild


def _get(call: Call) -> Reply:
    return Reply(200, _guild(call).payload())


def _channels(call: Call) -> Reply:
    return Reply(200, [channel.payload() for channel in _guild(call).channels])


def _member(call: Call) -> Reply:
    member = _guild(call).members.get(call.id("user_id"))
    if member is None:
        raise unknown_member()
    return Reply(200, member.payload())


def _search(call: Call) -> Reply:
    matches = _guild(call).search(call.query.get("query", ""))
    return Reply(200, [member.payload() for member in matches[: call.number("limit", 1)]])


def _leave(call: Call) -> Reply:
    call.platform.kick_bot(_guild(call))
    return Reply(204)


ROUTES: Final = (
    Route("GET", "/guilds/{guild_id}", _get),
    Route("GET", "/guilds/{guild_id}/channels", _channels),
    Route("GET", "/guilds/{guild_id}/members/search", _search),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", _member),
    Route("DELETE", "/users/@me/guilds/{guild_id}", _leave),
)
