"""Labels that say what somebody does in an interview, in many languages."""

from functools import lru_cache
from typing import Final

from bot.interview.words import fold, word_set

_ASKS: Final = word_set(
    """
    q question interviewer interviewers interview host hosts moderator moderators reporter reporters
    journalist presenter anchor unidentified unknown intervencion questioner inquirer examiner
    fragesteller moderatorin interviewerin
    frage reporterin pregunta preguntas entrevistador entrevistadora moderador moderadora periodista
    reportero interlocutor interlocutora animateur animatrice intervieweur intervieweuse journaliste
    presentateur pergunta jornalista entrevistadores domanda intervistatore intervistatrice
    giornalista conduttore moderatore vraag vopros interv int ведущий ведущая вопрос интервьюер
    журналист корреспондент 问 問 記者 记者 主持人 主持 采访者 採訪者 聞き手 質問 司会
    インタビュアー 사회자 질문 기자 진행자 문
    המראיין המראיינת מראיין מראיינת שאלה صحفي المحاور المذيع سؤال س
    """
)
_ANSWERS: Final = word_set(
    """
    a answer respondent guest interviewee witness antwort respuesta reponse risposta resposta gast
    befragter befragte gaest invite invitee entrevistado entrevistada ответ гость 答 回答
    受访者 嘉宾 대답 답 תשובה מרואיין ج جواب
    """
)


# "We come to the next question" is none.
_MOST_WORDS: Final = 3
_REMEMBERED: Final = 1000
"""Labels; a file has few, and asks of each again and again."""


@lru_cache(_REMEMBERED)
def asks(label: str) -> bool:
    """Say whether a label says that whoever has it asks."""
    return _is_one_of(label, _ASKS)


@lru_cache(_REMEMBERED)
def answers(label: str) -> bool:
    return _is_one_of(label, _ANSWERS)


def _is_one_of(label: str, roles: frozenset[str]) -> bool:
    words = _words(label)
    return len(words) <= _MOST_WORDS and not words.isdisjoint(roles)


def _words(label: str) -> set[str]:
    # Marks within a word are written in Hebrew abbreviations.
    letters = "".join(sign for sign in fold(label) if sign.isalnum() or sign.isspace())
    return set(letters.split())
