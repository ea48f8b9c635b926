"""How sentences begin: by what hangs on something before it, or as a question does."""

import re
from collections.abc import Mapping
from typing import Final

from bot.interview.words import word_set

# Where a passage begins with one of these, it answers or goes on from what is not in it.
_LEANING: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set(
        """
        absolutely also and another anyway because but cause correct correctly definitely either
        exactly finally furthermore he hence her here hers hey hi him his however indeed it its
        like likewise meanwhile mhm moreover neither no nope nor oh ok okay or otherwise plus right
        same she so such sure thank thanks that theirs them then therefore these they this
        those though thus too totally true uh uhm um well whereas which who whom whose why wow yeah
        yep yes
        """
    ),
    "de": word_set(
        """
        aber ach also auch außerdem da dadurch dafür dagegen daher damit danach dann daran darauf
        daraus darum davon dazu denn deren deshalb deswegen dessen dies diese diesem diesen dieser
        dieses doch dort eben er es ferner genau hier ihm ihn ihnen ihr ihre ja jedoch klar naja
        nein oder okay richtig sie so sondern sowie stimmt trotzdem und weil weshalb wobei wodurch
        """
    ),
    "fr": word_set(
        """
        absolument ainsi alors aussi bah bien ben bon bref c car ce ceci cela celle celles celui
        cependant ces cet cette ceux d donc elle elles enfin ensuite et eux exactement il
        ils là leur leurs lui mais merci néanmoins ni non or ou ouais oui parce pourtant puis
        puisque qu que qui sinon son tandis voilà y ça
        """
    ),
    "es": word_set(
        """
        además ahí allí así aunque bueno claro correcto cual cuyo después ella ellas ello ellos
        entonces esa esas ese eso esos esta estas este esto estos exacto gracias luego no o pero
        porque pues que quien sí sino su sus también tampoco u vale y ya él
        """
    ),
    "pt": word_set(
        """
        aí aliás assim bom certo claro depois e ela elas ele eles então essa essas esse esses esta
        estas este estes exatamente isso isto mas não nem obrigado ou pois porque portanto qual que
        quem sim seu seus sua suas também
        """
    ),
    "it": word_set(
        """
        allora anche appunto beh bene che ciò comunque cosa così cui dunque e ecco ed egli ella
        esatto essa esse essi esso grazie infatti inoltre invece lei loro lui ma no o oppure però
        perché poi pure quei quella quelle quelli quello quegli questa queste questi questo
        quindi sì
        """
    ),
    "nl": word_set(
        """
        bovendien daarna daarom daar dan dat deze die dit dus en haar hem hier hij hun inderdaad
        ja klopt maar nee nou ofwel omdat ook precies terwijl toen waardoor want zij ze zodat
        """
    ),
    "zh": word_set(
        """
        而 但 可是 不过 所以 因为 因此 然后 于是 并且 或者 其实 对 是的 不是 没有 嗯 啊 哦 好的
        那 这 他 她 它
        """
    ),
    "ja": word_set("はい いいえ ええ そう それ これ あれ その この でも だから しかし そして また"),
    "ko": word_set("네 예 아니요 그 그래서 그런데 그러나 그리고 하지만 이것 그것 그는 그녀"),
}
_LEANING_PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "you know",
        "i mean",
        "sort of",
        "kind of",
        "all right",
        "of course",
        "for example",
        "for instance",
        "in other words",
        "as i said",
        "like i said",
        "at that point",
        "at that time",
        "at the time",
        "back then",
        "the second is",
        "the second thing",
        "the other thing",
        "the latter",
    ),
    "de": (
        "das ist",
        "das sind",
        "das war",
        "das hat",
        "das wird",
        "das heißt",
        "die haben",
        "die sind",
        "in dem fall",
        "ich meine",
        "zum beispiel",
    ),
    "fr": (
        "à ce moment",
        "bien sûr",
        "du coup",
        "en effet",
        "je veux dire",
        "par exemple",
        "tout à fait",
    ),
    "es": (
        "a ver",
        "en ese",
        "en eso",
        "es decir",
        "o sea",
        "por ejemplo",
        "por eso",
        "sin embargo",
    ),
    "pt": ("ou seja", "por exemplo", "por isso", "quer dizer"),
    "it": ("ad esempio", "cioè", "per esempio", "per questo", "voglio dire"),
    "nl": ("bijvoorbeeld", "dat is", "dat was", "ik bedoel"),
}
# Behind these a passage begins once more: "I think it was" hangs as "It was" does.
_FRAMES: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(r"i (?:think|thought|guess|believe|suppose|hope|know|knew|don't think) "),
    "de": re.compile(r"ich (?:glaube|denke|finde),? (?:dass )?"),
    "fr": re.compile(r"je (?:crois|pense|trouve) (?:que |qu(?='))"),
    "es": re.compile(r"(?:yo )?(?:creo|pienso) que "),
    "pt": re.compile(r"(?:eu )?(?:acho|creio) que "),
    "it": re.compile(r"(?:io )?(?:credo|penso) che "),
    "nl": re.compile(r"ik (?:denk|geloof|vind) dat "),
}
_ASKING_BY: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set(
        """
        what what's who who's whose when where where's why how how's which
        is isn't are aren't was wasn't were do don't does doesn't did didn't have haven't has had
        can can't could couldn't would wouldn't will won't should
        """
    ),
    "de": word_set(
        """
        was wer wen wem wessen wann wo woher wohin womit worum warum wieso weshalb wie welche
        welcher welches welchen ist sind war waren hast hat haben habt kannst kann können könntest
        gibt gab bist seid würdest würde wirst siehst glaubst
        """
    ),
    "fr": word_set(
        """
        que qu quoi qui quand où pourquoi comment combien quel quelle quels quelles est avez as
        êtes pouvez pourriez
        """
    ),
    "es": word_set("qué quién quiénes cuándo dónde cómo cuál cuáles cuánto cuántos hay puede"),
    "pt": word_set("que quem quando onde como qual quais quanto porquê"),
    "it": word_set("che chi cosa quando dove perché come quale quali quanto"),
    "nl": word_set("wat wie wanneer waar waarom hoe welke welk is zijn was heb hebt kun"),
}
_WHEN: Final = ("when", "quand")
_JOINT: Final = re.compile("['-]")
# What only joins a question to what was said before it.
_JOINING: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set("and but or so then well now okay ok because like yeah yes right"),
    "de": word_set("und aber oder also dann denn ja okay genau"),
    "fr": word_set("et mais ou alors donc oui bon ben"),
    "es": word_set("y e pero o entonces pues bueno sí"),
    "pt": word_set("e mas ou então bom sim"),
    "it": word_set("e ed ma o allora quindi sì"),
    "nl": word_set("en maar of dus dan nou ja oké"),
}
UNSPACED: Final = ("zh", "ja")
"""Languages whose words are not set apart."""


def leans(text: str, language: str) -> bool:
    """Say whether a text begins with what is understood only after something before it."""
    words = _LEANING.get(language, frozenset())
    start = start_of(text, language)
    if language in UNSPACED:
        return start.startswith(tuple(words))
    if _begins_with(start, _LEANING_PHRASES.get(language, ())):
        return True
    first = start.split(maxsplit=1)[0] if start else ""
    return first.lstrip("'").rstrip(",.;:!?…—-").partition("'")[0] in words


def start_of(text: str, language: str) -> str:
    """Give a text from its first word on, folded, without "I think" and the like before it."""
    return frame_and_start(text, language)[1]


def frame_and_start(text: str, language: str) -> tuple[str, str]:
    """Part a text, folded, into "I think" and the like, if it has that, and what begins there."""
    start = text.lstrip("\"'“‘«„([*_-–—… ").casefold().replace("’", "'")
    frame = _FRAMES.get(language)
    match = frame.match(start) if frame else None
    return (start[: match.end()], start[match.end() :]) if match else ("", start)


def _begins_with(text: str, phrases: tuple[str, ...]) -> bool:
    matches = filter(text.startswith, phrases)
    return any(not text[len(phrase) : len(phrase) + 1].isalnum() for phrase in matches)


def without_joints(sentence: str, language: str) -> str:
    """Leave out the words at the start that only join a sentence to what was said before it."""
    joints = _JOINING.get(language, frozenset())
    word, _space, rest = sentence.partition(" ")
    while rest and word.rstrip(",").casefold() in joints:
        sentence = rest
        word, _space, rest = sentence.partition(" ")
    return sentence


def begins_asking(clause: str, language: str) -> bool:
    """Say whether a clause begins as a question does: by "who", "did" and the like.

    "When" does where another of them follows: not in "When we left, ...".
    """
    words = _ASKING_BY.get(language, frozenset())
    line = clause.lstrip("\"'“‘«„(¿ ").casefold().replace("’", "'")
    first, second, *_others = [*line.split(maxsplit=2), "", ""]
    return _is_asking(first, words) and (first not in _WHEN or _is_asking(second, words))


def _is_asking(word: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint([word.rstrip("?,"), *_JOINT.split(word)[:1]])
