"""Whether quotes are what was said: verbatim, by that speaker, in that exchange."""

from collections.abc import Iterator

from bot.interview.model import CUT, Interview
from bot.interview.names import UnknownNameError, find_labelled
from bot.interview.pack.entries import QuoteEntry
from bot.interview.pack.mistakes import Mistake, Remark
from bot.interview.pack.source import Record
from bot.interview.transcript import Transcript
from bot.interview.words import occurs, word_line
from bot.text import _


class Truth:
    """What a transcript holds, by exchange and speaker."""

    def __init__(self, transcript: Transcript, interview: Interview) -> None:
        self._speech: dict[tuple[int, str], str] = {}
        for number, exchange in enumerate(transcript.exchanges, 1):
            for answer in exchange.answers:
                key = number, _key(interview, answer.speaker)
                start = self._speech.get(key, "")
                self._speech[key] = f"{start} {' '.join(answer.sentences)}".strip()

    def mistakes_in(self, record: Record[QuoteEntry]) -> Iterator[Mistake]:
        """Say what is wrong with a quote, and where it stands instead."""
        quote = record.entry
        speech = self._speech.get((quote.exchange, quote.speaker), "")
        if quote.withdrawn or _is_verbatim(quote.text, speech):
            return
        yield Mistake.of(record.path, record.passage, self._explained(quote))

    def _explained(self, quote: QuoteEntry) -> Remark:
        for (number, speaker), speech in self._speech.items():
            if not _is_verbatim(quote.text, speech):
                continue
            if number == quote.exchange:
                problem = _("another speaker said this: {speaker}", speaker=speaker)
                return Remark(problem, _("correct the speaker"), ["speaker"])
            problem = _("said in another exchange: {number}", number=number)
            return Remark(problem, _("correct the exchange"), ["exchange"])
        if any(occurs(quote.text, word_line(speech)) for speech in self._speech.values()):
            problem = _("not verbatim: the words are right, the punctuation or case is not")
            return Remark(problem, _("copy it from the transcript"), ["text"])
        problem = _("not verbatim: these words are not in the transcript")
        remedy = _("copy it from the transcript, and mark what you leave out with […]")
        return Remark(problem, remedy, ["text"])


def _is_verbatim(text: str, speech: str) -> bool:
    at = 0
    for part in text.split(CUT):
        at = speech.find(" ".join(part.split()), at)
        if at < 0:
            return False
        at += len(part.strip())
    return True


def _key(interview: Interview, name: str) -> str:
    try:
        return find_labelled(interview, name).key
    except UnknownNameError:
        return name
