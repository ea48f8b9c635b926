"""A transcript in which more than one thing could be meant, and what loads it."""

from pathlib import Path

from bot.editing.kept_decisions import Load
from bot.editing.review import Review
from bot.interview.transcript import Decisions
from tests.packs import write_pack

TALK = """How an oven came to sea

ADA: How did the oven come on board of that boat?

BO SAMPLE: In eleven pieces, and each of them had a name of its own.

CLEO: I only held the rope that evening.

ADA: And who lit it first, on the river?

BO: The baker did, with a letter that nobody had ever answered.

ADA: Was it worth all that work?

CLEO: Every loaf of it was, even the black ones.

THE BAND: Nobody said a single word more about it.
"""

EXAMPLE = """How an oven came to sea

ADA: How did the oven come on board?

BO SAMPLE: In eleven pieces, and each of them had a name of its own.

THE BAND: We played for it until the tide came in.

ADA: And who lit it first?

BO: The baker did, with a letter that nobody had ever answered.

ADA: Was it worth the work?

BO: Every loaf of it was, even the black ones.
"""
"""What docs/loading.md loads and shows."""

LONG_TALK = """How an oven came to sea

By Cora Writer

CORA: How did the oven come on board?

ADA EXAMPLE: In eleven pieces, and each of them had a name of its own. It rained. \
Nobody in the harbour believed that it would ever be warm.

BEN SAMPLE: I held the rope. That was all that anybody let me do, for four hours.

CORA: And who lit it first?

ADA: The baker did, with a letter that nobody had ever answered. I still have the envelope.

BEN: I was asleep.

CORA: Was it worth the work?

ADA: Every loaf of it was, even the black ones. You learn what heat is when the floor moves.

BEN: Ask me again in winter, when the river freezes and we push the bakery with poles.
"""
"""What the quotes of a pack are picked from."""


class Talk:
    """The file of a transcript in folders of its own; another interview is shipped."""

    def __init__(self, folder: Path, text: str = TALK, name: str = "talk.txt") -> None:
        self.file = folder / name
        self.file.write_text(text, "utf-8")
        self.data_dir = folder / "var"
        self.packs_dir = folder / "data"
        if not self.packs_dir.exists():
            write_pack(self.packs_dir / "boat")

    def load(self, slug: str | None = None) -> Load:
        return Load(self.file, self.packs_dir, self.data_dir, slug)

    def review(self, decisions: Decisions | None = None) -> Review:
        return Review(self.load(), decisions or Decisions())

    def write(self, decisions: Decisions) -> Path:
        load = self.load()
        return load.write(load.plan(load.parse(decisions)), decisions)

    def written(self) -> list[str]:
        """List the files that were written."""
        return sorted(path.name for path in self.data_dir.rglob("*") if path.is_file())
