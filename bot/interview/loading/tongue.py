"""The language of what was said, told by the small words that each language has."""

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
_LONGEST_ARTICLE: Final = 12
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
    words = _all_small_words()
    return words.get(language, words["en"])


def fillers_of(language: str) -> frozenset[str]:
    """Give the words that are no topic of a talk, folded; foreign ones in it may be English."""
    talk = _TALK | _TALK_OF.get(language, frozenset())
    return small_words_of(language) | small_words_of("en") | talk


def articles_of(language: str) -> frozenset[str]:
    """Give the words that lead to a noun, and are no part of its name."""
    return _BEFORE_NOUNS.get(language, frozenset())


def says_little(text: str, language: str) -> bool:
    """Say whether a text holds nothing but small words, such as "I got it."."""
    return fillers_of(language).issuperset(words_of(text))


def is_before_noun(gap: str, language: str) -> bool | None:
    """Say whether what stands before a word shows it to be a noun; None where no language tells."""
    if language not in _BEFORE_NOUNS:
        return None
    words = gap[-_LONGEST_ARTICLE:].split()
    return bool(words) and words[-1].casefold() in _BEFORE_NOUNS[language]


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
