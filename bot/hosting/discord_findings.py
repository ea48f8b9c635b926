"""The way to Discord: what stands in it, who reads along, whether the clocks agree."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from time import perf_counter
from typing import Final

import aiohttp

from bot.config import Settings
from bot.errors import UnavailableError
from bot.hosting.account_findings import account_findings, unanswered
from bot.hosting.certificates import trusted_signer, untrusted_signer
from bot.hosting.discord_inquiry import (
    GATEWAY,
    NETWORK_ERRORS,
    STRANGE,
    Inquiry,
    RefusalError,
    discord_inquiry,
)
from bot.hosting.finding import Finding
from bot.process.clock import Clock
from bot.process.log import redact
from bot.process.reachability import is_of_the_proxy, unreachable
from bot.reading.values import TOKEN_SHAPE
from bot.text import say

_WHAT: Final = "Discord"
_PROXY: Final = "proxy"
_STRANGER: Final = Finding(
    _WHAT,
    "something else answers in its place",
    "Check the network, and HTTPS_PROXY.",
    UnavailableError.exit_code,
)


def discord_findings(settings: Settings, env: Mapping[str, str]) -> Sequence[Finding]:
    findings = asyncio.run(_collected(settings))
    if any(finding.what == _PROXY for finding in findings):
        return findings
    return [_proxy(settings, env), *findings]


def _proxy(settings: Settings, env: Mapping[str, str]) -> Finding:
    if settings.proxy:
        return Finding(_PROXY, redact(settings.proxy))
    is_set = env.get("HTTPS_PROXY") or env.get("https_proxy")
    if is_set and settings.api_url:
        return Finding(_PROXY, "not used: DISCORD_API_URL is on this machine")
    if is_set and (env.get("NO_PROXY") or env.get("no_proxy")):
        return Finding(_PROXY, "not used: NO_PROXY names discord.com")
    return Finding(_PROXY, "none: HTTPS_PROXY isn't the address of one" if is_set else "none")


async def _collected(settings: Settings) -> Sequence[Finding]:
    clock, findings = Clock(), list[Finding]()
    async with discord_inquiry(settings, clock) as inquiry:
        try:
            async for finding in _way(inquiry, settings, clock):
                findings.append(finding)
        except RefusalError as error:
            findings.append(unanswered(_WHAT, error))
        except NETWORK_ERRORS as error:
            findings += await _obstacles(inquiry, error)
        except STRANGE:
            findings.append(_STRANGER)
    return findings


async def _way(inquiry: Inquiry, settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    began = perf_counter()
    await inquiry.ask(GATEWAY)
    yield Finding(_WHAT, f"answers in {(perf_counter() - began) * 1000:.0f} ms")
    yield _agreement(clock)
    if settings.api_url is None:
        yield await trusted_signer(inquiry)
    # Of what is no token the settings have told already.
    if TOKEN_SHAPE.fullmatch(settings.token):
        async for finding in account_findings(inquiry, settings.dev_guild_id):
            yield finding


async def _obstacles(inquiry: Inquiry, error: Exception) -> Sequence[Finding]:
    """Say what stands in the way, and who it is where that can be seen."""
    fault = unreachable(error)
    if is_of_the_proxy(error):
        return [Finding.of(_PROXY, fault)]
    if isinstance(error, aiohttp.ClientConnectorCertificateError) and (
        signer := await untrusted_signer(inquiry, error)
    ):
        return [signer]
    how = say(fault.text).removeprefix("Discord ").rstrip(".")
    return [Finding(_WHAT, how, say(fault.remedy) if fault.remedy else "", fault.exit_code)]


def _agreement(clock: Clock) -> Finding:
    if clock.is_right:
        return Finding("clock", "agrees with Discord's")
    side = "ahead of" if clock.seconds_off > 0 else "behind"
    how = f"{_spoken(abs(clock.seconds_off))} {side} Discord's"
    return Finding("clock", how, "Set the clock; until then daily posts and streaks wait.")


def _spoken(seconds: float) -> str:
    hours, minutes = round(seconds / 3600), round(seconds / 60)
    if hours > 1:
        return f"{hours:,} hours"
    return f"{minutes} minutes" if minutes > 1 else f"{round(seconds)} seconds"
