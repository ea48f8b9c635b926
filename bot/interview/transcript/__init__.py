"""A transcript, in whatever form people have it, understood as an interview."""

from bot.interview.transcript.model import (
    SpokenAnswer,
    SpokenExchange,
    Transcript,
    TranscriptError,
    Unsure,
)
from bot.interview.transcript.reading import parse_transcript

__all__ = [
    "SpokenAnswer",
    "SpokenExchange",
    "Transcript",
    "TranscriptError",
    "Unsure",
    "parse_transcript",
]
