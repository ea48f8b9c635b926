"""A checkout with a pack, and a transcript to load into it."""

from pathlib import Path

from bot.editing.load import plan_of
from bot.interview.library.build import ensure_content
from bot.interview.loading.loaded_packs import write_plan
from bot.interview.loading.plan import Plan
from bot.interview.transcript import Transcript, parse_transcript
from tests.packs import quote, write_pack

FIRST = "We found the boat in a field behind the old mill one rainy spring."


SECOND = "It took us three whole weeks to get the damn thing into the water again."


OVEN = "The oven came later, in eleven pieces, and each of them had a name of its own."


TALK = f"""Two bakers on a boat

THE HARBOUR POST: How did it begin?

ADA EXAMPLE: {FIRST} Nobody helped. {SECOND}

BEN SAMPLE: I held the rope.

THE HARBOUR POST: And what about the oven?

SAMPLE: {OVEN} Truly.
"""


class Checkout:
    """A checkout's folders and a file to load."""

    def __init__(self, folder: Path) -> None:
        self.packs_dir = folder / "data"
        self.data_dir = folder / "var"
        self.file = folder / "talk.txt"
        self.file.write_text(TALK, "utf-8")

    def transcript(self) -> Transcript:
        return parse_transcript(self.file)

    def plan(self, slug: str | None = None) -> Plan:
        return plan_of(self.transcript(), self.packs_dir, self.data_dir, slug)

    def load(self) -> Path:
        return write_plan(self.plan(), self.file, self.data_dir)

    def content(self) -> Path:
        return ensure_content(self.data_dir, self.packs_dir)


def boat_checkout(folder: Path) -> Checkout:
    """Write a pack of which two quotes occur in the transcript."""
    checkout = Checkout(folder)
    quotes = [
        quote(1, exchange=1, speaker="ada-example", text=FIRST),
        quote(
            7,
            exchange=2,
            speaker="ben-sample",
            text="The oven came later […] had a name of its own.",
        ),
    ]
    write_pack(checkout.packs_dir / "boat", quotes=quotes)
    return checkout
