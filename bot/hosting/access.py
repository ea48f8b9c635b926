"""Who may ask on the health port: this machine, and with a token of the host's anybody else."""

import hmac
from hashlib import sha256
from http import HTTPStatus
from ipaddress import ip_network
from time import time
from typing import Final
from urllib.parse import parse_qs

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from cachetools import TTLCache
from yarl import URL

from bot.hosting.markup import html_page, tag

LOOPBACKS: Final = ("127.0.0.1", "::1")
SIGN_IN: Final = "/sign-in"
STATISTICS: Final = "/stats"
_NAMES: Final = ("localhost", *LOOPBACKS)
# For supervisors on this machine, who know no token. What passes others on may look like them.
_OPEN: Final = "/health"
_COOKIE: Final = "encore"
_SIGNED_IN_SECONDS: Final = 30 * 86_400
_PAUSE_SECONDS: Final = 2.0
_MOST_GUESSERS: Final = 10_000
_GUESS_AGAIN: Final = "That wasn't the token. Wait a moment, then try again."


class Doorkeeper:
    """Lets in who may; one address guesses once in some seconds, however many tokens it tries."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._key = (token or "").encode()
        self._guessers: TTLCache[str, bool] = TTLCache(_MOST_GUESSERS, _PAUSE_SECONDS)

    @property
    def addresses(self) -> tuple[str, ...]:
        """List where to listen."""
        return LOOPBACKS if self._token is None else ("0.0.0.0", "::")

    def _is_open(self, request: web.Request) -> bool:
        return self._token is None or (request.path == _OPEN and request.remote in LOOPBACKS)

    @web.middleware
    async def admit(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if _asks_for_this_machine(request) and self._is_open(request):
            return await handler(request)
        if self._token is None:
            # A page elsewhere can give its name our address.
            raise web.HTTPMisdirectedRequest(text="Ask for localhost.")
        is_form = request.path == SIGN_IN and request.method == hdrs.METH_POST
        if is_form or self._has_signed_in(request):
            return await handler(request)
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            if self._is_right(request, token.strip()):
                return await handler(request)
            return _refusal(_GUESS_AGAIN)
        if "text/html" in request.headers.get("Accept", ""):
            return _sign_in_page()
        return _refusal("Send HEALTH_TOKEN: Authorization: Bearer …")

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Take the token out of the form, and remember in a cookie that it was right."""
        if self._token is None:
            raise web.HTTPNotFound
        # What calls itself a form may be anything.
        form = parse_qs((await request.read()).decode(errors="replace"))
        token, *_others = form.get("token", [""])
        if not self._is_right(request, token.strip()):
            return _sign_in_page(_GUESS_AGAIN)
        until = str(int(time()) + _SIGNED_IN_SECONDS)
        answer = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": STATISTICS})
        answer.set_cookie(
            _COOKIE,
            f"{until}.{self._mark(until)}",
            max_age=_SIGNED_IN_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=request.secure or request.headers.get("X-Forwarded-Proto") == "https",
        )
        return answer

    def _has_signed_in(self, request: web.Request) -> bool:
        until, _dot, mark = request.cookies.get(_COOKIE, "").partition(".")
        right_mark = self._mark(until).encode()
        is_ours = hmac.compare_digest(mark.encode(errors="replace"), right_mark)
        return is_ours and int(until) > time()

    def _is_right(self, request: web.Request, token: str) -> bool:
        """Hold a token against ours, in a time that does not tell how much of it is right."""
        guesser = _neighbourhood(request.remote or "")
        if guesser in self._guessers:
            return False
        is_right = hmac.compare_digest(token.encode(errors="replace"), self._key)
        if not is_right:
            self._guessers[guesser] = True
        return is_right

    def _mark(self, until: str) -> str:
        return hmac.new(self._key, until.encode(errors="replace"), sha256).hexdigest()


def _asks_for_this_machine(request: web.Request) -> bool:
    try:
        return URL(f"http://{request.host}").host in _NAMES
    except ValueError:
        return False


def _neighbourhood(address: str) -> str:
    """Give what one person may have of addresses: of the newer sort they are many."""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _refusal(why: str) -> web.Response:
    headers = {"WWW-Authenticate": "Bearer"}
    return web.Response(status=HTTPStatus.UNAUTHORIZED, text=why, headers=headers)


def _sign_in_page(why: str = "") -> web.Response:
    return html_page(
        "Sign in to Encore",
        tag("h1", "Sign in to Encore"),
        tag("p", "Whoever hosts this bot knows its HEALTH_TOKEN."),
        tag("p", why, role="alert", class_="wrong") if why else None,
        tag(
            "form",
            tag("label", "Token", for_="token"),
            tag(
                "input",
                id="token",
                name="token",
                type="password",
                autocomplete="current-password",
                required="",
            ),
            tag("button", "Sign in"),
            method="post",
            action=SIGN_IN,
        ),
        status=HTTPStatus.UNAUTHORIZED,
    )
