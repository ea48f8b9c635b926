"""Routes about the bot itself, and where the gateway is."""

from typing import Final

from playground.rest import Call, Route
from playground.wire import Reply, unknown_user

_MOST_GUILDS: Final = 200


def _gateway(call: Call) -> Reply:
    return Reply(200, {"url": call.platform.gateway.url})


def _gateway_for_bots(call: Call) -> Reply:
    gateway, starts = call.platform.gateway, call.platform.starts
    body = {"url": gateway.url, "shards": starts.shards, "session_start_limit": starts.limit()}
    return Reply(200, body)


def _me(call: Call) -> Reply:
    settings = {"verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0, "bio": ""}
    return Reply(200, call.platform.world.bot.payload() | settings)


def _application(call: Call) -> Reply:
    return Reply(200, call.platform.app.payload())


def _guilds(call: Call) -> Reply:
    world, most = call.platform.world, call.number("limit", _MOST_GUILDS)
    guilds = sorted(world.bot_guilds, key=lambda guild: guild.id)
    later = [guild for guild in guilds if guild.id > call.number("after", 0)]
    return Reply(200, [guild.listing(world.bot) for guild in later[:most]])


def _user(call: Call) -> Reply:
    user = call.platform.world.find_user(call.id("user_id"))
    if user is None:
        raise unknown_user()
    return Reply(200, user.payload())


def _open_direct(call: Call) -> Reply:
    world = call.platform.world
    recipient = str(call.json().get("recipient_id", ""))
    user = world.find_user(int(recipient)) if recipient.isdigit() else None
    if user is None or user.is_bot:
        raise unknown_user()
    return Reply(200, world.dm(user).payload())


ROUTES: Final = (
    Route("GET", "/gateway", _gateway, needs_token=False),
    Route("GET", "/gateway/bot", _gateway_for_bots),
    Route("GET", "/users/@me", _me),
    Route("GET", "/users/@me/guilds", _guilds),
    Route("GET", "/oauth2/applications/@me", _application),
    Route("GET", "/applications/@me", _application),
    Route("POST", "/users/@me/channels", _open_direct),
    Route("GET", "/users/{user_id}", _user),
)
