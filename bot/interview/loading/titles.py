"""What a question is called: the part of it that asks, cut where the sense allows it."""

import re
from typing import Final

from bot.interview.loading.openings import begins_asking, leans, without_joints
from bot.interview.loading.tongue import fillers_of, small_words_of
from bot.interview.model import MAX_CHOICE
from bot.interview.pack.entries import MAX_SUMMARY
from bot.interview.transcript.sentences import split_sentences
from bot.interview.words import fold, joined, words_of
from bot.letters import ELLIPSIS, cut, one_line, units

_ASKING: Final = re.compile(r"[?？؟][\"'”’»)\]]*$")
_LEAD_IN: Final = re.compile(r"[,:;，：；—–]\s*|\s-\s")
_BREAK: Final = re.compile(r"\s*[,:;，、：；—–(（]|\s-\s")
_LEAST_WORDS: Final = 3
_MOST_LEADING: Final = 2
"""Words before a comma that only lead to the question: "So, Ada, ..."."""
_TELLING_WORDS: Final = 4
_WORDS_OF_CUT: Final = 5
"""Words from which on a title that is cut tells enough: "How do you save…" could be any."""
_MOST_HANGING: Final = 2
_OPENING: Final = "¿"
_QUOTE: Final = '"'
_NOTE: Final = re.compile(r"[(\[（【][^)\]）】]{1,30}[)\]）】]\s*")
"""What a transcriber put in, such as (OFF-MIKE)."""
_HANGING_LETTERS: Final = 4


def title_of(question: str, language: str) -> str:
    """Call a question by its last sentence that asks, in what a button carries."""
    core = _core(_asking_sentence(question, language), language)
    return _cut_at_sense(_with_capital(core), language)


def _with_capital(text: str) -> str:
    at = int(text.startswith(_OPENING))
    return f"{text[:at]}{text[at : at + 1].upper()}{text[at + 1 :]}"


def is_telling(question: str, title: str, language: str) -> bool:
    """Say whether a title tells a question from others, so that one can be guessed by it."""
    sentence = _asking_sentence(question, language)
    content = set(words_of(title)) - fillers_of(language)
    is_scant = title.endswith(ELLIPSIS) and len(words_of(title)) < _WORDS_OF_CUT
    is_asking = _ASKING.search(sentence) and len(words_of(sentence)) >= _TELLING_WORDS
    return bool(is_asking and len(content) > is_scant)


def is_heard(question: str) -> bool:
    """Say whether a question has words of its own, and not only an (OFF-MIKE)."""
    return bool(words_of(_NOTE.sub("", question)))


def summary_of_question(question: str) -> str:
    """Give a question whole, or what of its end has room, from a sentence on."""
    question = one_line(question)
    if units(question) <= MAX_SUMMARY:
        return question
    sentences = split_sentences(question)
    last = max((n for n, text in enumerate(sentences) if _ASKING.search(text)), default=0)
    start, room = last, MAX_SUMMARY - units(sentences[last]) - 2
    while start and (room := room - units(sentences[start - 1]) - 1) >= 0:
        start -= 1
    mark = f"{ELLIPSIS} " if start else ""
    return cut(mark + joined(sentences[start : last + 1]), MAX_SUMMARY)


def _asking_sentence(question: str, language: str) -> str:
    """Give the last sentence that asks, one of some words before a mere "Right?".

    Where none asks, it is the last that says something by itself: "Tell me about the shop."
    """
    text = one_line(question)
    sentences = split_sentences(_NOTE.sub("", text)) or split_sentences(text)
    asking = [sentence for sentence in sentences if _ASKING.search(sentence)]
    long = [text for text in asking or sentences if len(words_of(text)) >= _LEAST_WORDS]
    whole = [text for text in long if asking or not leans(text, language)]
    return (whole or long or asking or sentences or [ELLIPSIS])[-1]


def _core(sentence: str, language: str) -> str:
    """Leave out what only leads to a question, of a long one whole clauses before it."""
    if _ASKING.search(sentence):
        sentence = sentence[max(0, sentence.rfind(_OPENING)) :]
    core = _without_lead_in(sentence)
    if units(core) <= MAX_CHOICE:
        return core
    core = without_joints(core, language)
    if not _ASKING.search(core) or begins_asking(core, language):
        return core
    clauses = (core[match.end() :] for match in _LEAD_IN.finditer(core))
    asking = (without_joints(clause, language) for clause in clauses)
    return next((clause for clause in asking if _is_question(clause, language)), core)


def _is_question(clause: str, language: str) -> bool:
    return begins_asking(clause, language) and len(words_of(clause)) >= _LEAST_WORDS


def _without_lead_in(sentence: str) -> str:
    """Leave out a word or two before the first comma, where enough follows."""
    while match := _LEAD_IN.search(sentence):
        rest = sentence[match.end() :]
        is_short = len(words_of(sentence[: match.start()])) <= _MOST_LEADING
        if not is_short or len(words_of(rest)) < _LEAST_WORDS:
            break
        sentence = rest
    return sentence


def _cut_at_sense(text: str, language: str) -> str:
    """Cut a sentence at a break in its second half, else before a word that would hang there."""
    if units(text) <= MAX_CHOICE:
        return text
    head = cut(text, MAX_CHOICE).removesuffix(ELLIPSIS)
    if head.count(_QUOTE) % 2 and head.index(_QUOTE) > 0:
        head = head[: head.rindex(_QUOTE)].rstrip()
    breaks = [match.start() for match in _BREAK.finditer(head) if match.start() * 2 > len(head)]
    if breaks:
        return head[: breaks[-1]].rstrip() + ELLIPSIS
    words = head.split(" ")
    for _n in range(_MOST_HANGING):
        if len(words) > _LEAST_WORDS and _hangs(words[-1], language):
            words.pop()
    return " ".join(words).rstrip(",;:.…-–—( ") + ELLIPSIS


def _hangs(word: str, language: str) -> bool:
    """Say whether a word only leads to the next: an article, a preposition, a conjunction."""
    return len(word) <= _HANGING_LETTERS and fold(word) in small_words_of(language)
