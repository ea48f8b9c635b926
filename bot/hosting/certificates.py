"""Whose certificate is shown for Discord: signed by a public authority, or by who reads along."""

import ssl
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import certifi

from bot.hosting.discord_inquiry import GATEWAY, NETWORK_ERRORS, STRANGE, Inquiry, RefusalError
from bot.hosting.finding import Finding
from bot.process.reachability import is_out_of_time

_WHAT: Final = "certificate"
_FILE: Final = "Set SSL_CERT_FILE to a file with that authority's certificate, if you trust it."
_NONE_KNOWN: Final = "Install ca-certificates, or set SSL_CERT_FILE to a file of certificates."
_NAMES: Final = ("organizationName", "commonName")


def authorities(env: Mapping[str, str]) -> Finding:
    """Say whose word this machine takes for who somebody is."""
    paths = ssl.get_default_verify_paths()
    file = env.get(paths.openssl_cafile_env) or paths.cafile
    try:
        count = ssl.create_default_context(cafile=file).cert_store_stats()["x509_ca"]
    except OSError as error:
        remedy = "Set SSL_CERT_FILE to a file of CA certificates, or leave it out."
        return Finding("certificates", f"{file} can't be used ({error.strerror or error})", remedy)
    if not (count or paths.capath):
        how = f"{ssl.OPENSSL_VERSION} has no CA certificates"
        return Finding("certificates", how, _NONE_KNOWN)
    source = file or paths.capath or "the system"
    return Finding("certificates", f"{ssl.OPENSSL_VERSION} with the CA certificates of {source}")


async def trusted_signer(inquiry: Inquiry) -> Finding:
    """Say who signed what this machine trusts."""
    signer = await _signer(inquiry, ssl.create_default_context())
    if await _public_signer(inquiry):
        return Finding(_WHAT, f"Discord's own, signed by {signer}")
    how = f"{_intrusion(signer)}, which this machine trusts"
    return Finding.note(_WHAT, how, "If that's your own network's, all is well.")


async def untrusted_signer(
    inquiry: Inquiry, error: aiohttp.ClientConnectorCertificateError
) -> Finding | None:
    """Say who signed what this machine does not trust; None where it is a matter of time."""
    if is_out_of_time(error.certificate_error):
        return None
    if signer := await _public_signer(inquiry):
        return Finding(_WHAT, f"Discord's own is signed by {signer}, unknown here", _NONE_KNOWN)
    try:
        signer = await _signer(inquiry, await _trust_at_sight(inquiry))
    except (*NETWORK_ERRORS, *STRANGE):
        return None
    return Finding(_WHAT, _intrusion(signer), _FILE)


def _intrusion(signer: str) -> str:
    return (
        "Something between this machine and Discord can read along: its certificate is signed by"
        f" {signer}"
    )


async def _public_signer(inquiry: Inquiry) -> str | None:
    """Name the authority, where browsers would trust it, too."""
    try:
        return await _signer(inquiry, ssl.create_default_context(cafile=certifi.where()))
    except aiohttp.ClientConnectorCertificateError:
        return None


async def _trust_at_sight(inquiry: Inquiry) -> ssl.SSLContext:
    """Trust the one certificate that is shown: it can be read only then."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    certificate = (await _connection(inquiry, anybody)).getpeercert(binary_form=True)
    context = ssl.create_default_context(cadata=certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


async def _signer(inquiry: Inquiry, context: ssl.SSLContext) -> str:
    certificate: Any = (await _connection(inquiry, context)).getpeercert() or {}
    names = {name: value for part in certificate.get("issuer", ()) for name, value in part}
    return next((f"“{names[name]}”" for name in _NAMES if name in names), "an unnamed authority")


async def _connection(inquiry: Inquiry, context: ssl.SSLContext) -> ssl.SSLObject:
    """Connect under a context, without the token; gives the last connection that came about."""
    connections: list[ssl.SSLObject] = []

    class NotedConnection(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            connections.append(self)

    context.sslobject_class = NotedConnection
    try:
        await inquiry.ask(GATEWAY, context)
    except aiohttp.ClientConnectorError:
        raise
    except (*NETWORK_ERRORS, *STRANGE, RefusalError):
        # Whatever it answers, it has shown its certificate.
        if not connections:
            raise
    return connections[-1]
