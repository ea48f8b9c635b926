"""The application whose bot connects."""

import base64
import secrets
from dataclasses import dataclass

from playground.people import User
from playground.wire import Json


@dataclass(frozen=True)
class Application:
    bot: User
    owner: User
    privileged_intents: int = 0
    """Intents switched on in what would be the developer portal."""

    @property
    def id(self) -> int:
        return self.bot.id

    @property
    def flags(self) -> int:
        return 0

    def partial(self) -> Json:
        return {"id": str(self.id), "flags": self.flags}

    def payload(self) -> Json:
        scopes = {"scopes": ["applications.commands"], "permissions": "0"}
        return {
            **self.partial(),
            "name": self.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "bot": self.bot.payload(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.owner.payload(),
            "team": None,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "integration_types_config": {"0": {"oauth2_install_params": scopes}, "1": {}},
            "approximate_guild_count": 1,
            "approximate_user_install_count": 1,
            "approximate_user_authorization_count": 0,
        }


def make_token(application_id: int) -> str:
    """Make a token of the shape that Discord's have."""
    first = base64.urlsafe_b64encode(str(application_id).encode()).decode().rstrip("=")
    return f"{first}.{secrets.token_urlsafe(5)[:6]}.{secrets.token_urlsafe(29)[:38]}"
