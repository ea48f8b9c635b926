"""What becomes of a transcript: an interview of its own, or more of one there is."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Final

from bot.errors import OperatorError
from bot.interview.loading.addition import addition_to
from bot.interview.loading.own_interview import own_interview
from bot.interview.loading.plan import Plan, Row
from bot.interview.loading.spoken_rows import speech_of
from bot.interview.pack.pack import Pack
from bot.interview.transcript import Transcript
from bot.interview.words import occurs
from bot.text import _

# Nearly all quotes occur in their own interview, hardly any in another.
_MOST: Final = 0.5
_MAX_EXCHANGES: Final = 1500


def plan_load(
    transcript: Transcript,
    shipped_packs: Sequence[Pack],
    loaded_packs: Sequence[Pack],
    slug: str | None,
) -> Plan:
    """Plan what a transcript becomes.

    It adds to the shipped interview named by `slug`, else to the one most of whose quotes occur
    in it; else it is an interview of its own, in place of the same one among the `loaded_packs`.
    Raises OperatorError where the named one is not there or is another.
    """
    _refuse_many(transcript)
    speech = speech_of(transcript.exchanges)
    shares = {pack.interview.slug: _share(pack, speech) for pack in shipped_packs}
    if slug is not None:
        _refuse_another(shares, slug)
    best = slug or max(shares, key=lambda name: shares[name], default="")
    pack = next((pack for pack in shipped_packs if pack.interview.slug == best), None)
    if pack is not None and shares[best] >= _MOST:
        return addition_to(pack, transcript)
    earlier_loads = [pack.interview.slug for pack in loaded_packs if _share(pack, speech) >= _MOST]
    slugs = {pack.interview.slug for pack in (*shipped_packs, *loaded_packs)}
    return own_interview(transcript, earlier_loads[0] if earlier_loads else None, slugs)


def plan_new(transcript: Transcript, slug: str) -> Plan:
    """Plan an interview of its own, for an editor to go on with."""
    _refuse_many(transcript)
    return own_interview(transcript, slug, set())


def _refuse_many(transcript: Transcript) -> None:
    """Refuse what would become more than the file of an interview may hold."""
    if (count := len(transcript.exchanges)) > _MAX_EXCHANGES:
        raise OperatorError(
            _("The transcript has {count} questions.", count=count),
            _("An interview can have {most} at most; split the file.", most=_MAX_EXCHANGES),
        )


def follow(plan: Plan, earlier_rows: Sequence[Row], since: date) -> None:
    """Keep the numbers that an earlier load gave; what it did not have comes with a later day.

    Of what is gone only the number stays, as withdrawn.
    """
    if not (plan.adds_to or earlier_rows):
        return
    by_text = {row["text"]: row for row in earlier_rows if not row.get("withdrawn")}
    numbers = count(max((row["number"] for row in earlier_rows), default=0) + 1)
    for row in plan.quotes:
        if earlier := by_text.pop(row["text"], None):
            row |= {name: earlier[name] for name in ("number", "since") if name in earlier}
        else:
            row |= {"number": next(numbers)} if earlier_rows else {}
            row["since"] = since.isoformat()
    plan.quotes += [row for row in earlier_rows if row.get("withdrawn")]
    plan.quotes += [{**row, "text": "…", "withdrawn": True} for row in by_text.values()]
    plan.quotes.sort(key=lambda row: row.get("since", ""))


def _refuse_another(shares: Mapping[str, float], slug: str) -> None:
    if slug not in shares:
        raise OperatorError(
            _("There's no interview {slug!r}.", slug=slug),
            _("You have: {slugs}.", slugs=", ".join(shares)),
        )
    if shares[slug] < _MOST:
        raise OperatorError(
            _("Most quotes of {slug!r} aren't in this transcript.", slug=slug),
            _("Leave out --pack to load it as an interview of its own."),
        )


def _share(pack: Pack, speech: str) -> float:
    """Give the part of a pack's quotes that occur in what was said; the first thousand decide."""
    quotes = [quote for quote, _n in zip(pack.quotes(), range(1000), strict=False)]
    return sum(occurs(quote.text, speech) for quote in quotes) / max(1, len(quotes))
