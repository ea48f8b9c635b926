"""Why Discord cannot be reached, as a sentence for its host."""

import os
import ssl
from typing import Final

import aiohttp

from bot.errors import OperatorError, UnavailableError
from bot.process.log import redact
from bot.text import _

# OpenSSL's numbers for a certificate that is not yet, or no longer, valid.
_OUT_OF_TIME: Final = (9, 10)
_OF_DISCORD: Final = ("discord.com", "discord.gg")


def unreachable(error: BaseException) -> OperatorError:
    """Explain an error of the network's; what a restart cannot mend is no UnavailableError."""
    match error:
        case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLError() as cause):
            return _untrusted(error.host, cause)
        case aiohttp.ClientHttpProxyError(status=407):
            return OperatorError(
                _("The proxy doesn't accept this name and password.")
                if "Proxy-Authorization" in error.request_info.headers
                else _("The proxy asks for a name and a password."),
                _("Set HTTPS_PROXY as in http://name:password@host:port."),
            )
        case aiohttp.ClientHttpProxyError(status=status):
            return UnavailableError(
                _(
                    "The proxy won't let the bot through: it answers {status}.",
                    status=status,
                ),
                _("Let it pass discord.com and gateway.discord.gg, or change HTTPS_PROXY."),
            )
        case aiohttp.ClientProxyConnectionError():
            return UnavailableError(
                _("The proxy can't be reached: {why}.", why=_words(error)), _("Check HTTPS_PROXY.")
            )
        case aiohttp.ClientConnectorDNSError(host=host) if is_of_the_proxy(error):
            return UnavailableError(
                _("The proxy can't be reached: this network can't find {host}.", host=host),
                _("Check HTTPS_PROXY."),
            )
        case aiohttp.ClientConnectorDNSError(host=host):
            return UnavailableError(
                _("Discord can't be reached: this network can't find {host}.", host=host),
                _("Check the network and its DNS; behind a proxy set HTTPS_PROXY."),
            )
        case aiohttp.ContentTypeError(message=why):
            return UnavailableError(
                _(
                    "Discord can't be reached: something else answers in its place ({why}).",
                    why=why,
                ),
                _("Check the network; it may want you to sign in on a page first."),
            )
        case _:
            return UnavailableError(
                _("Discord can't be reached: {why}.", why=_words(error)),
                _("Check the network."),
            )


def is_of_the_proxy(error: BaseException) -> bool:
    """Say whether the way ends at a proxy already."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return not error.host.endswith(_OF_DISCORD)
    return isinstance(error, aiohttp.ClientHttpProxyError | aiohttp.ClientProxyConnectionError)


def is_out_of_time(error: BaseException) -> bool:
    """Say whether a certificate is not yet, or no longer, valid."""
    return getattr(error, "verify_code", 0) in _OUT_OF_TIME


def _untrusted(host: str, cause: ssl.SSLError) -> OperatorError:
    why = getattr(cause, "verify_message", "") or cause.reason
    if is_out_of_time(cause):
        return UnavailableError(
            _("The certificate of {host} isn't valid right now: {why}.", host=host, why=why),
            _("Check this machine's clock."),
        )
    return OperatorError(
        _(
            "The certificate of {host} isn't trusted: {why}. Something between here and"
            " Discord is reading along, or this machine has no CA certificates.",
            host=host,
            why=why,
        ),
        _("Set SSL_CERT_FILE to the network's own certificate, or install ca-certificates."),
    )


def _words(error: BaseException) -> str:
    if isinstance(error, aiohttp.ClientConnectorError):
        # Its own words name an object of the library's, too.
        why = _of_the_system(error.os_error) or str(error.os_error) or "it was closed"
        return f"no connection to {error.host}:{error.port} ({why})"
    if isinstance(error, TimeoutError):
        return "there is no answer"
    if type(error) is aiohttp.ClientResponseError:
        # The library's words hold what was sent, which may be anything.
        return "what answers in its place doesn't speak HTTP"
    return redact(str(error)) or type(error).__name__


def _of_the_system(error: OSError) -> str | None:
    """Give the system's own words; the library's repeat the address, of each try."""
    if error.errno and error.errno > 0 and not isinstance(error, ssl.SSLError):
        return os.strerror(error.errno)
    return error.strerror
