"""A small, strict Discord on loopback; knows nothing of the bot that connects to it."""

from bot.playground.clock import ManualClock, SystemClock
from bot.playground.messages import Message
from bot.playground.outcome import Modal, Outcome
from bot.playground.people import Channel, Guild, User
from bot.playground.record import Record, Request
from bot.playground.resolved import HandsError
from bot.playground.rest import Upload
from bot.playground.server import LoopbackDiscord
from bot.playground.world import World

__all__ = [
    "Channel",
    "Guild",
    "HandsError",
    "LoopbackDiscord",
    "ManualClock",
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
