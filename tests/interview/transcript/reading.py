"""A transcript written to a file, and read."""

from pathlib import Path

from bot.interview.transcript import Transcript, parse_transcript


def read(tmp_path: Path, suffix: str, text: str, **speakers: str) -> Transcript:
    path = tmp_path / f"talk.{suffix}"
    path.write_text(text, "utf-8")
    return parse_transcript(path, speakers=speakers)
