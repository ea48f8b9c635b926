"""What Discord says of the bot: whose the token is, in which servers it may show commands."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.errors import UnavailableError
from bot.hosting.discord_inquiry import Inquiry, RefusalError
from bot.hosting.finding import Finding
from bot.text import plural, say

_MOST_SERVERS: Final = 200
"""As many as one answer lists."""
_SERVERS_TRIED: Final = 20
"""A bot that was invited wrongly was so in its first servers."""
_NAMES_TOLD: Final = 5
_TOO_MANY: Final = 429
_NO_ACCESS: Final = 50001
_PORTAL: Final = "discord.com/developers, your application"


async def account_findings(inquiry: Inquiry, dev_guild_id: int | None) -> AsyncIterator[Finding]:
    """Ask who the bot is and where it is; a token that is refused ends it.

    Raises RefusalError where Discord answers something of it not.
    """
    try:
        application = await inquiry.ask("/applications/@me")
    except RefusalError as error:
        yield _token_refusal(error)
        return
    application_id = int(application["id"])
    yield Finding("token", f"is that of “{application['name']}” ({application_id})")
    for finding in _portal(application):
        yield finding
    guilds = await inquiry.ask(f"/users/@me/guilds?limit={_MOST_SERVERS}")
    servers = {int(guild["id"]): str(guild["name"]) for guild in guilds}
    yield _presence(servers, application_id)
    if dev_guild_id is not None:
        yield await _development(inquiry, dev_guild_id, application_id)
    if servers:
        yield await _commands(inquiry, servers, application_id)


def unanswered(what: str, error: RefusalError) -> Finding:
    if error.status == _TOO_MANY:
        how = "Discord has had too many requests lately"
    else:
        how = f"Discord isn't working right now: it answers {error.status}"
    return Finding(what, how, "Try again in a minute.", UnavailableError.exit_code)


def _token_refusal(error: RefusalError) -> Finding:
    if error.status != 401:
        return unanswered("token", error)
    remedy = f"Set DISCORD_TOKEN to the one that Reset Token shows ({_PORTAL}, Bot)."
    return Finding("token", "Discord doesn't accept it", remedy)


def _portal(application: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at what is set in the developer portal, and leaves members without answers."""
    if application.get("interactions_endpoint_url"):
        how = "an Interactions Endpoint URL is set, so commands go there, not to this bot"
        yield Finding("application", how, f"Clear it: {_PORTAL}, General Information.")
    if application.get("bot_require_code_grant"):
        how = "Requires OAuth2 Code Grant is on, so nobody can invite the bot"
        yield Finding("application", how, f"Switch it off: {_PORTAL}, Bot.")


def _presence(servers: Mapping[int, str], application_id: int) -> Finding:
    if not servers:
        return Finding.note("servers", "in none yet", f"Invite the bot: {_link(application_id)}")
    count = say(plural("1 server", "{count} servers", len(servers)))
    if len(servers) == _MOST_SERVERS:
        return Finding("servers", f"in {count} or more")
    return Finding("servers", f"in {count}: {_listed(servers.values())}")


async def _development(inquiry: Inquiry, guild_id: int, application_id: int) -> Finding:
    what = "DEV_GUILD_ID"
    try:
        guild = await inquiry.ask(f"/guilds/{guild_id}")
    except RefusalError as error:
        if error.status not in (403, 404):
            return unanswered(what, error)
        remedy = f"Invite it there: {_link(application_id)}; or correct DEV_GUILD_ID."
        return Finding(what, f"the bot isn't in server {guild_id}", remedy)
    return Finding(what, f"the bot is in “{guild['name']}”")


async def _commands(inquiry: Inquiry, servers: Mapping[int, str], application_id: int) -> Finding:
    """Ask for the commands of some servers: Discord refuses where the scope is missing."""
    without: list[str] = []
    for guild_id in list(servers)[:_SERVERS_TRIED]:
        try:
            await inquiry.ask(f"/applications/{application_id}/guilds/{guild_id}/commands")
        except RefusalError as error:
            if error.code != _NO_ACCESS:
                return unanswered("commands", error)
            without.append(servers[guild_id])
    if not without:
        count = plural("1 server", "{count} servers", min(len(servers), _SERVERS_TRIED))
        return Finding("commands", f"allowed in {say(count)}")
    how = f"not allowed in {_listed(without)}: invited without the scope applications.commands"
    return Finding("commands", how, f"Invite it there again: {_link(application_id)}")


def _listed(names: Iterable[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    more = len(quoted) - _NAMES_TOLD
    return ", ".join(quoted[:_NAMES_TOLD]) + (f" and {more} more" if more > 0 else "")


def _link(application_id: int) -> str:
    # With the whole bot, of which nothing else is needed here.
    from bot.client.connection import invite_url

    return invite_url(application_id)
