"""What people's files have that others do not: one small file a kind, and what is right for it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.interview.transcript import TranscriptError
from tests.interview.transcript.reading import read


@dataclass(frozen=True)
class Kind:
    suffix: str
    text: str
    asks: str
    people: tuple[str, ...]
    exchanges: int
    answers: int
    title: str = ""
    speakers: dict[str, str] = field(default_factory=dict[str, str])


KINDS = {
    "a moderator among handles in captions": Kind(
        "vtt",
        "WEBVTT\n\n"
        "00:01.000 --> 00:02.000\nEdda Probe: Who built the raft?\n\n"
        "00:03.000 --> 00:04.000\nkapt1: I did, out of doors.\n\n"
        "00:05.000 --> 00:06.000\nEdda Probe: And who steers?\n\n"
        "00:07.000 --> 00:08.000\nmia.k | Harbour Ltd: The current steers.\n\n"
        "00:09.000 --> 00:10.000\nEdda Probe: Does it float?\n\n"
        "00:11.000 --> 00:12.000\nHeidi's Tablet: As long as nobody stands up.\n",
        "Edda Probe",
        ("kapt1", "mia.k | Harbour Ltd", "Heidi's Tablet"),
        3,
        3,
    ),
    "titles and emoji in labels": Kind(
        "md",
        "**Edda Probe:** Do you row?\n\n**Dr. Mia Kahn, M.A.:** Only home.\n\n"
        "**Edda Probe:** And you?\n\n**Ole Muster🚣:** I steer and sing.\n\n"
        "**Edda Probe:** What do you sing?\n\n**Ole Muster🚣:** The tide tables.",
        "Edda Probe",
        ("Dr. Mia Kahn, M.A.", "Ole Muster🚣"),
        3,
        3,
    ),
    "paragraphs that ask and have no label": Kind(
        "md",
        "**Edda Probe:** We are on the pier.\n\nSo, Ole, what is that smell?\n\n"
        "**Ole Muster:** Tar, mostly.\n\nAnd who does not like tar?\n\n"
        "**Edda Probe:** Who uses it still?\n\n**Ole Muster:** I do.",
        "Edda Probe",
        ("Ole Muster",),
        2,
        2,
    ),
    "no empty lines between turns with a time": Kind(
        "md",
        "# A talk about tar\n\nOle Muster (00:00):\nI boil it at dawn.\n"
        "Edda Probe (00:08):\nWhy at dawn?\nOle Muster (00:11):\nThe neighbours sleep then.\n"
        "Edda Probe (00:15):\nDo they?\nOle Muster (00:17):\nNot any more.\n",
        "Edda Probe",
        ("Ole Muster",),
        3,
        3,
        "A talk about tar",
    ),
    "headings that are no voices": Kind(
        "md",
        "# Call 12\n\n### Length: 7 minutes\n\n### Moderator: Edda Probe\n\n"
        "**Edda Probe 00:48**\n\nWho has seen the ferry?\n\n**Ole Muster 01:00**\n\n"
        "It left without us.\n\n**Edda Probe 02:02**\n\nWhere is it now?\n\n"
        "**Ole Muster 02:10**\n\nBehind the island, with our lunch.",
        "Edda Probe",
        ("Ole Muster",),
        2,
        2,
        "Call 12",
    ),
    "a time without a name goes on": Kind(
        "md",
        "Ole Muster [(00:00)](https://example.org/0) Rope is a science.\n\n"
        "[(00:30)](https://example.org/30) Nobody teaches it.\n\n"
        "Edda Probe [(01:00)](https://example.org/60) Who taught you?\n\n"
        "Ole Muster [(01:10)](https://example.org/70) A sailor with three fingers.",
        "Edda Probe",
        ("Ole Muster",),
        2,
        2,
    ),
    "several who ask, told by the front matter": Kind(
        "md",
        "---\ntitle: Talk about rope\nspeakers:\n  - Ole\ndate: 2021-02-03\n---\n"
        "Part 1: <https://example.org/1>\n\nEdda: Welcome aboard\n\nMia: Hello Ole\n\n"
        "Ole: Hello both of you\n\nMia: How long is a rope?\n\nOle: Twice the half of it.\n\n"
        "Edda: Who says so?\n\nOle: The rope does.",
        "Edda, Mia",
        ("Ole",),
        3,
        3,
        "Talk about rope",
    ),
    "a press conference": Kind(
        "txt",
        "EDDA PROBE: The bridge is open. Mind the paint.\n\nYes, you in the back.\n\n"
        "UNIDENTIFIED: (OFF-MIKE)\n\nEDDA PROBE: It is green on purpose.\n\n"
        "UNIDENTIFIED: Who paid for it?\n\nEDDA PROBE: The ferry did.",
        "Unidentified",
        ("Edda Probe",),
        3,
        3,
    ),
    "short forms that are declared": Kind(
        "md",
        "**Interviewer (I):** What do you mend?\n\n**Respondent (R):** Nets.\n\n"
        "**I:** With what?\n\n**R:** With patience.",
        "Interviewer",
        ("Respondent",),
        2,
        2,
    ),
    "a question and an answer in letters": Kind(
        "txt",
        "THE WITNESS was sworn.\n\nQ. Where was the boat?\n\nA. In the hall.\n\n"
        "Q. Who put it there?\n\nA. The flood did.",
        "Interviewer",
        ("A",),
        2,
        2,
    ),
    "an agenda before a hearing": Kind(
        "txt",
        "סדר היום:\n\nתיקון הרציף\n\nהיו״ר רות דוגמה:\n\nמתי יתוקן הרציף?\n\n"
        "גדי למשל:\n\nבקיץ, אם ירצה הים.\n\nהיו״ר רות דוגמה:\n\nומי משלם?\n\n"
        "גדי למשל:\n\nיש שתי דרכים: העירייה, או הים.",
        "היו״ר רות דוגמה",
        ("גדי למשל",),
        2,
        2,
    ),
    "a joint answer to bold questions": Kind(
        "html",
        "<html><body><article><h1>Three rowers</h1>"
        "<p><strong>Why do you row?</strong></p><p><strong>Mia Kahn</strong> : to be late.</p>"
        "<p><strong>Who counts?</strong></p>"
        "<p><strong>Mia Kahn et Ole Muster</strong> : we both do, and differ.</p></article></body>",
        "",
        ("Mia Kahn", "Mia Kahn et Ole Muster"),
        2,
        2,
        "Three rowers",
    ),
    "a slip of the pen in the text": Kind(
        "md",
        "**Edda Probe:** Today with Ole Mustar, who rows. Why?\n\n**Ole Muster:** Habit.\n\n"
        "**Edda Probe:** Whose?\n\n**Ole Muster:** The river's.",
        "Edda Probe",
        ("Ole Muster",),
        2,
        2,
    ),
    "who asks by a letter and no full stop": Kind(
        "md",
        "MS. PROBE: The ferry sails at noon.\n\nQ   Which noon?\n\n"
        "MS. PROBE: The next one.\n\nQ   And the fog?\n\nMS. PROBE: It has a ticket.",
        "Interviewer",
        ("Ms. Probe",),
        3,
        3,
    ),
    "entries of a service, some within others": Kind(
        "json",
        '{"turns": [{"speaker": {"name": "Edda"}, "text_blocks": [{"text": "Who rows?"}]},'
        ' {"speaker": {"name": "Ole"}, "text_blocks": [{"text": "I do."}, {"text": "He sits."}]}]}',
        "Edda",
        ("Ole",),
        1,
        1,
    ),
}
UNLABELLED = {
    "bold": (
        "html",
        "<html><body><article><h1>Talk</h1><p><strong>Why do you row?</strong></p><p>Out of habit."
        "</p><p>And for the view.</p><p><strong>Where to?</strong></p><p>Home.</p></article>",
    ),
    "italic": (
        "html",
        "<html><body><article><h2>Ole Muster, rower</h2><p><i>Why do you row?</i></p>"
        "<p>Out of habit.</p><p><i>Where to?</i></p><p>Home.</p></article></body>",
    ),
    "term": (
        "html",
        "<html><body><main><h1>Talk</h1><dl><dt>Why do you row?</dt><dd>Out of habit.</dd>"
        "<dt>Where to?</dt><dd>Home.</dd></dl></main></body>",
    ),
    "heading": (
        "md",
        "## Why do you row?\n\nOut of habit.\n\n## Where to?\n\nHome.\n\n# Contact\n",
    ),
    "plain": ("md", "Why do you row?\n\n> Out of habit.\n>\n> Yes.\n\nWhere to?\n\n> Home."),
    "bold in one paragraph": (
        "md",
        "**Why do you row?**\nOut of habit.\n\n**Where to?**\nHome.",
    ),
}
REFUSED = {
    "captions without names": (
        "srt",
        "1\n00:00:00,000 --> 00:00:04,000\nwelcome aboard\n\n"
        "2\n00:00:04,000 --> 00:00:08,000\ntoday we row\n",
        "these captions do not say who speaks",
    ),
    "dashes": (
        "vtt",
        "WEBVTT\n\n00:00.000 --> 00:02.000\n- Is it far?\n\n00:02.000 --> 00:04.000\n- It was.\n",
        "dashes change the voice, but name nobody",
    ),
    "times": (
        "txt",
        "00:00:00 Welcome to the boat hour.\n\n00:00:09 Right.\n\n00:00:15 Yes.",
        "its lines have times and no names",
    ),
    "a table without speakers": (
        "csv",
        "time,words\n0:00,Who rows?\n0:04,I do.\n",
        "This is CSV without a column that says who speaks",
    ),
    "JSON without speakers": (
        "json",
        '{"segments": [{"start": 0, "text": "Who rows?"}, {"start": 2, "text": "I do."}]}',
        "This is JSON without a key that says who speaks",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_read_right(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    transcript = read(tmp_path, kind.suffix, kind.text)
    assert (transcript.interviewer, transcript.people) == (kind.asks, kind.people)
    assert len(transcript.exchanges) == kind.exchanges
    assert sum(len(exchange.answers) for exchange in transcript.exchanges) == kind.answers
    assert transcript.title == kind.title


@pytest.mark.parametrize("name", UNLABELLED)
def test_answers_without_a_label_are_somebodys_who_is_told(tmp_path: Path, name: str) -> None:
    suffix, text = UNLABELLED[name]
    with pytest.raises(TranscriptError, match="names nobody") as refusal:
        read(tmp_path, suffix, text)
    assert '--speaker "A=' in str(refusal.value)
    transcript = read(tmp_path, suffix, text, A="Ole Muster")
    assert transcript.people == ("Ole Muster",)
    assert [exchange.question for exchange in transcript.exchanges] == [
        "Why do you row?",
        "Where to?",
    ]
    assert transcript.exchanges[-1].answers[0].sentences == ("Home.",)


@pytest.mark.parametrize("name", REFUSED)
def test_what_names_nobody_is_refused_for_that(tmp_path: Path, name: str) -> None:
    suffix, text, sentence = REFUSED[name]
    with pytest.raises(TranscriptError, match=sentence):
        read(tmp_path, suffix, text)
