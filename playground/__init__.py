"""A small, strict Discord on loopback; knows nothing of the bot that connects to it."""

from playground.clock import ManualClock, SystemClock
from playground.files import Upload
from playground.messages import Message
from playground.outcome import Modal, Outcome
from playground.people import User
from playground.places import Channel, Guild
from playground.record import Record, Request
from playground.references import MemberError
from playground.server import LoopbackDiscord
from playground.world import World

__all__ = [
    "Channel",
    "Guild",
    "LoopbackDiscord",
    "ManualClock",
    "MemberError",
    "Message",
    "Modal",
    "Outcome",
    "Record",
    "Request",
    "SystemClock",
    "Upload",
    "User",
    "World",
]
