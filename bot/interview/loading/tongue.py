"""The language of what was said, told by the small words that each language has."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

from bot.interview.words import word_set, words_of

_ENOUGH: Final = 5_000
"""Words that are looked at."""
_LEAST_HITS: Final = 10
_LEAST_SHARE: Final = 0.04
_MOSTLY_SMALL: Final = 0.35
"""Nearly half of any talk are small words; Hebrew and Korean join them to the others."""
_AHEAD: Final = 1.2
"""How much more than of any other language, so that it is not one that looks like it."""

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
# Before these nearly always stands a verb, and behind those a noun.
_BEFORE_NOUNS: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set(
        "a an the of in on my your his her our their this that these those some no with"
    ),
    "fr": word_set("de des du d la le les l un une mon ma mes notre nos votre vos leur leurs en"),
    "es": word_set("de del el la los las un una mi mis su sus nuestro nuestra nuestros en con"),
    "it": word_set("di del della dei delle dell il lo la i gli le l un una un nel nella con"),
    "pt": word_set("de do da dos das o a os as um uma meu minha no na nos nas com"),
    "nl": word_set("de het een van mijn zijn haar onze hun op met"),
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
_LONGEST_ARTICLE: Final = 12
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
_UNSPACED: Final = ("zh", "ja")
# Lists of small words are made of what is written; this is talk.
_TALK: Final = word_set(
    """
    answer awesome basically bunch cool couple excited feel fine folks gonna gotta guess guys happen
    happened inaudible kinda laughter laughs lot love matter people person point pretty question
    questions reason reasons sort stuff talk talking time times unintelligible wanna way ways weird
    yeah
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april june july august september october november december
    """
)
_TALK_OF: Final[Mapping[str, frozenset[str]]] = {
    "de": word_set(
        """
        beispiel ding dinge dingen eigentlich frage fragen gerade grund irgendwie leute leuten
        mensch menschen person personen quasi sache sachen sagen sozusagen thema themen zeit
        montag dienstag mittwoch donnerstag freitag samstag sonntag
        januar februar marz april juni juli august september oktober november dezember
        """
    ),
    "fr": word_set(
        """
        chose choses exemple facon fois gens moment personne personnes question questions raison
        temps truc trucs vraiment
        lundi mardi mercredi jeudi vendredi samedi dimanche
        janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
        """
    ),
    "es": word_set(
        """
        cosa cosas caso ejemplo forma gente manera momento persona personas pregunta preguntas
        razon tema temas tiempo verdad vez veces
        lunes martes miercoles jueves viernes sabado domingo
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        """
    ),
}


def language_of(texts: Iterable[str]) -> str:
    """Give the code of a language, such as `en`; empty where none is sure."""
    counts = _counts(texts)
    hits = Counter({code: _hits(counts, words) for code, words in _all_small_words().items()})
    (code, most), (_other, second) = hits.most_common(2)
    is_sure = most >= max(_LEAST_HITS, _LEAST_SHARE * counts.total(), _AHEAD * second)
    return code if is_sure else ""


def is_told_by_words(texts: Iterable[str], language: str) -> bool:
    """Say whether the small words of a text are known: not where they are joined to others."""
    counts = _counts(texts)
    return _hits(counts, small_words_of(language)) >= _MOSTLY_SMALL * counts.total()


def _counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(islice((word for text in texts for word in words_of(text)), _ENOUGH))


def _hits(counts: Counter[str], words: frozenset[str]) -> int:
    return sum(number for word, number in counts.items() if word in words)


def small_words_of(language: str) -> frozenset[str]:
    """Give the words of a language that say little by themselves, folded; English if unknown."""
    return _all_small_words()[language or "en"]


def fillers_of(language: str) -> frozenset[str]:
    """Give the words that are no topic of a talk, folded; foreign ones in it may be English."""
    talk = _TALK | _TALK_OF.get(language, frozenset())
    return small_words_of(language) | small_words_of("en") | talk


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


def articles_of(language: str) -> frozenset[str]:
    """Give the words that lead to a noun, and are no part of its name."""
    return _BEFORE_NOUNS.get(language, frozenset())


def says_little(text: str, language: str) -> bool:
    """Say whether a text holds nothing but small words, such as "I got it."."""
    return fillers_of(language).issuperset(words_of(text))


def without_joints(sentence: str, language: str) -> str:
    """Leave out the words at the start that only join a sentence to what was said before it."""
    joints = _JOINING.get(language, frozenset())
    word, _space, rest = sentence.partition(" ")
    while rest and word.rstrip(",").casefold() in joints:
        sentence = rest
        word, _space, rest = sentence.partition(" ")
    return sentence


def is_before_noun(gap: str, language: str) -> bool | None:
    """Say whether what stands before a word shows it to be a noun; None where no language tells."""
    if language not in _BEFORE_NOUNS:
        return None
    words = gap[-_LONGEST_ARTICLE:].split()
    return bool(words) and words[-1].casefold() in _BEFORE_NOUNS[language]


def leans(text: str, language: str) -> bool:
    """Say whether a text begins with what is understood only after something before it."""
    words = _LEANING.get(language, frozenset())
    start = text.lstrip("\"'“‘«„([*_-–—… ").casefold().replace("’", "'")
    if frame := _FRAMES.get(language):
        start = start[match.end() :] if (match := frame.match(start)) else start
    if language in _UNSPACED:
        return start.startswith(tuple(words))
    if _begins_with(start, _LEANING_PHRASES.get(language, ())):
        return True
    first = start.split(maxsplit=1)[0] if start else ""
    return first.lstrip("'").rstrip(",.;:!?…—-").partition("'")[0] in words


def _begins_with(text: str, phrases: tuple[str, ...]) -> bool:
    found = filter(text.startswith, phrases)
    return any(not text[len(phrase) : len(phrase) + 1].isalnum() for phrase in found)


@lru_cache(maxsize=1)
def _all_small_words() -> Mapping[str, frozenset[str]]:
    # Only a load pays for the import.
    import stopwordsiso

    return {
        code: frozenset(
            words[0] for entry in stopwordsiso.stopwords(code) if len(words := words_of(entry)) == 1
        )
        for code in stopwordsiso.langs()
    }
