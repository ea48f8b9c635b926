"""The state of the small Discord, as its routes and its members share it."""

from dataclasses import dataclass, field

from playground.application import Application
from playground.clock import Clock
from playground.composer import Composer
from playground.events import Events
from playground.faults import Faults
from playground.files import Files
from playground.gateway import Gateway
from playground.interactions import Interactions
from playground.places import Guild
from playground.postoffice import PostOffice
from playground.record import Record
from playground.registry import Registry
from playground.session_starts import SessionStarts
from playground.sessions import Intent
from playground.wire import Snowflakes
from playground.world import World


@dataclass
class Platform:
    token: str
    world: World
    clock: Clock
    first_answer_seconds: float
    heartbeat_seconds: float
    starts: SessionStarts
    url: str = ""
    port: int = 0
    events: Events = field(default_factory=Events)
    record: Record = field(default_factory=Record)
    app: Application = field(init=False)
    ids: Snowflakes = field(init=False)
    gateway: Gateway = field(init=False)
    files: Files = field(init=False)
    registry: Registry = field(init=False)
    interactions: Interactions = field(init=False)
    post: PostOffice = field(init=False)
    faults: Faults = field(init=False)

    def __post_init__(self) -> None:
        self.app = Application(self.world.bot, self.world.noor)
        self.ids = Snowflakes(self.clock)
        self.gateway = Gateway(
            self.token, self.app, self.world, self.events, self.heartbeat_seconds, self.starts
        )
        self.files = Files(self.ids)
        self.registry = Registry(self.app.id, self.ids, self.events)
        self.interactions = Interactions(
            self.app,
            self.world,
            self.ids,
            self.clock,
            self.events,
            self.gateway,
            self.first_answer_seconds,
        )
        composer = Composer(self.world, self.files)
        self.post = PostOffice(self.ids, self.clock, composer, self.gateway, self.events)
        self.faults = Faults(self.gateway, self.interactions)

    def listen_at(self, port: int) -> None:
        """Settle the addresses that are told to the bot."""
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.files.url = f"{self.url}/cdn"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"

    def kick_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        del guild.members[self.world.bot.id]
        guild.roles.remove(guild.bot_role)
        payload = {"id": str(guild.id)}
        self.gateway.dispatch("GUILD_DELETE", payload, guild_id=guild.id, intent=Intent.GUILDS)

    def invite_bot(self, guild: Guild) -> None:
        """Make the bot a member of a guild."""
        guild.join(self.world.bot)
        payload = guild.creation_payload(self.world.bot, is_new=True)
        self.gateway.dispatch("GUILD_CREATE", payload, guild_id=guild.id, intent=Intent.GUILDS)
