"""Whether quotes are what was said: verbatim, by that speaker, in that exchange."""

from collections.abc import Iterator

from bot.interview.model import CUT, Interview
from bot.interview.names import UnknownNameError, find_person
from bot.interview.pack.entries import QuoteEntry
from bot.interview.pack.mistakes import Mistake
from bot.interview.pack.source import Record
from bot.interview.transcript import Transcript
from bot.interview.words import occurs, word_line
from bot.text import Text, _


class Truth:
    """What a transcript holds, by exchange and speaker."""

    def __init__(self, transcript: Transcript, interview: Interview) -> None:
        self._said: dict[tuple[int, str], str] = {}
        for number, exchange in enumerate(transcript.exchanges, 1):
            for answer in exchange.answers:
                key = number, _key(interview, answer.speaker)
                before = self._said.get(key, "")
                self._said[key] = f"{before} {' '.join(answer.sentences)}".strip()

    def mistakes_in(self, record: Record[QuoteEntry]) -> Iterator[Mistake]:
        """Say what is wrong with a quote, and where it stands instead."""
        quote = record.entry
        said = self._said.get((quote.exchange, quote.speaker), "")
        if quote.withdrawn or _is_verbatim(quote.text, said):
            return
        what, remedy = self._explained(quote)
        yield Mistake(record.path, record.line, what, remedy)

    def _explained(self, quote: QuoteEntry) -> tuple[Text, Text]:
        for (number, speaker), said in self._said.items():
            if not _is_verbatim(quote.text, said):
                continue
            if number == quote.exchange:
                what = _("another speaker said this: {speaker}", speaker=speaker)
                return what, _("correct the speaker")
            what = _("said in another exchange: {number}", number=number)
            return what, _("correct the exchange")
        if any(occurs(quote.text, word_line(said)) for said in self._said.values()):
            what = _("not verbatim: the words are right, the punctuation or case is not")
            return what, _("copy it from the transcript")
        what = _("not verbatim: these words are not in the transcript")
        return what, _("copy it from the transcript, and mark what you leave out with […]")


def _is_verbatim(text: str, said: str) -> bool:
    at = 0
    for part in text.split(CUT):
        at = said.find(" ".join(part.split()), at)
        if at < 0:
            return False
        at += len(part.strip())
    return True


def _key(interview: Interview, name: str) -> str:
    try:
        return find_person(interview, name).key
    except UnknownNameError:
        return name
