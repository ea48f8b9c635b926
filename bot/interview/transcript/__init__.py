"""A transcript, in whatever form people have it, understood as an interview."""

from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.parser import parse_transcript
from bot.interview.transcript.structure import (
    SpokenAnswer,
    SpokenExchange,
    SpokenLine,
    Transcript,
    TranscriptError,
    Unsure,
)

__all__ = [
    "Decisions",
    "SpokenAnswer",
    "SpokenExchange",
    "SpokenLine",
    "Transcript",
    "TranscriptError",
    "Unsure",
    "parse_transcript",
]
