"""What people's files have that others do not: one small file a kind, and what is right for it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.interview.transcript import Transcript, TranscriptError, parse_transcript


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


def read(tmp_path: Path, suffix: str, text: str, **speakers: str) -> Transcript:
    path = tmp_path / f"talk.{suffix}"
    path.write_text(text, "utf-8")
    return parse_transcript(path, speakers=speakers)


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


@pytest.mark.parametrize("stamp", ["[00:12]", "(1:02:03)", "[0:12.5]", r"\[00:12:13:14\]"])
def test_no_time_is_anybodys_word(tmp_path: Path, stamp: str) -> None:
    clock = stamp.strip("[]()\\")
    text = (
        f"**Edda:** {stamp} Who rows?\n\n**Ole:** I do. {stamp} At 10:30 we stop.\n\n"
        f"**Edda:** And then?\n\n**Ole:** We drift [inaudible {clock}] home."
    )
    spoken = [
        " ".join(answer.sentences)
        for exchange in read(tmp_path, "md", text).exchanges
        for answer in exchange.answers
    ]
    assert spoken == ["I do. At 10:30 we stop.", "We drift [inaudible] home."]


def test_what_is_nobodys_is_told(tmp_path: Path) -> None:
    head = "The rowers of the island meet on Fridays, and on all other days they only talk of it. "
    text = f"{head * 2}\n\nEDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    transcript = read(tmp_path, "txt", text)
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (1, "36 words from here on are nobody's; left out.")
    ]


def test_many_who_speak_once_are_one_doubt(tmp_path: Path) -> None:
    guests = ("Ada", "Bo", "Cleo", "Dora", "Finn", "Gro", "Hedda", "Ida")
    calls = [f"HOST: Who is next?\n\n{name}: I am {name}, and I row." for name in guests]
    transcript = read(tmp_path, "txt", "\n\n".join(calls))
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (3, "Ada speaks only here, as 7 other voices do elsewhere.")
    ]


def test_a_speaker_whom_the_format_names_is_no_doubt(tmp_path: Path) -> None:
    entries = '{"speaker": "Edda", "text": "Who rows?"}, {"speaker": "Ole", "text": "I do."}'
    assert read(tmp_path, "json", f"[{entries}]").unsure == ()
    more = f'[{entries}, {entries}, {{"speaker": "More information", "text": "See below."}}]'
    assert [note.why for note in read(tmp_path, "json", more).unsure] == [
        "More information speaks only here."
    ]


def test_a_text_that_is_all_somebodys_is_sure(tmp_path: Path) -> None:
    text = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    assert read(tmp_path, "txt", text).confidence == 1


def test_who_asks_is_doubted_where_nobody_does(tmp_path: Path) -> None:
    text = "EDDA: The sea is near.\n\nOLE: I row.\n\nEDDA: I see.\n\nOLE: It is cold."
    transcript = read(tmp_path, "txt", text)
    assert transcript.confidence < 0.8
    assert "is taken for the interviewer" in transcript.unsure[0].why


def test_a_sign_behind_a_name_is_no_slip(tmp_path: Path) -> None:
    text = (
        "**Edda Berg:** Here is Finn Probe. Who rows?\n\n**Finn Probe🐑:** I do.\n\n"
        "**Edda Berg:** Far?\n\n**Finn Probe🐑:** Never."
    )
    assert read(tmp_path, "md", text).unsure == ()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<h1>Talk of nets</h1>", "Talk of nets"),
        ("<h2>Talk of nets</h2>", "Talk of nets"),
        ("<p>By Cora</p><h3>Talk of nets</h3>", "Talk of nets"),
        ("", "The Harbour Post"),
    ],
)
def test_a_heading_knows_the_title_better_than_the_window(
    tmp_path: Path, head: str, title: str
) -> None:
    said = "<p><b>Edda:</b> Who?</p><p><b>Ole:</b> I.</p>" * 2
    page = f"<html><head><title>The Harbour Post</title></head><body>{head}{said}</body></html>"
    assert read(tmp_path, "html", page).title == title


def test_a_transcript_may_stand_in_the_front_matter(tmp_path: Path) -> None:
    said = "- header: Oars\n- who: Edda\n  line: Who rows?\n- who: Ole\n  line: I do.\n  sec: 9\n"
    front = f"---\ntitle: Talk of oars\ntranscript:\n{said}---\n"
    transcript = read(tmp_path, "md", f"{front}Links\n")
    assert (transcript.title, transcript.interviewer) == ("Talk of oars", "Edda")
    assert transcript.exchanges[0].answers[0].sentences == ("I do.",)


def test_a_name_for_a_label_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    transcript = read(tmp_path, "txt", text, Olle="Ole Muster")
    assert [note.why for note in transcript.unsure] == [
        "Nobody is called Olle in the file; there are Edda, Ole."
    ]
    assert read(tmp_path, "txt", text, OLE="Ole Muster").unsure == ()


@pytest.mark.parametrize(
    "note",
    [
        "Transcribed by https://example.org",
        "Interview by Cora Writer",
        "Propos recueillis par Cora Writer.",
        "Das Interview führte Cora Writer.",
        "Esta entrevista fue editada.",
        "Беседовала Cora Writer.",
        "来源：海报",
        "2:36 PM",
        "5:27 P.M. EDT",
    ],
)
def test_what_an_editor_adds_at_the_end_is_nobodys(tmp_path: Path, note: str) -> None:
    text = f"EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never.\n\n{note}"
    assert read(tmp_path, "txt", text).exchanges[-1].answers[0].sentences == ("Never.",)


def test_words_that_an_editor_uses_may_be_said(tmp_path: Path) -> None:
    text = (
        "EDDA: Who rows?\n\nOLE: My show is\nedited by Cora, by the way.\n\nEDDA: Far?\n\nOLE: No."
    )
    answer = read(tmp_path, "txt", text).exchanges[0].answers[0]
    assert answer.sentences == ("My show is edited by Cora, by the way.",)


def test_an_end_that_is_unlike_all_else_is_doubted(tmp_path: Path) -> None:
    talk = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    assert read(tmp_path, "txt", talk).unsure == ()
    transcript = read(tmp_path, "txt", f"{talk}\n\nCora Writer rows as well.")
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (7, "All from here to the end of the file is taken for Ole's words.")
    ]


def test_the_paragraphs_of_a_page_in_one_line_are_counted(tmp_path: Path) -> None:
    said = "".join(f"<p><b>{name}:</b> Who rows?</p>" for name in ("Edda", "Ole", "Edda", "Gro"))
    once = [(2, "Ole speaks only here."), (4, "Gro speaks only here.")]
    page = read(tmp_path, "html", f"<html><body>\n\n{said}</body></html>")
    assert [(note.line, note.why) for note in page.unsure][-2:] == once
    page = read(tmp_path, "html", f"<html><body>\n\n{said}</body></html>".replace("</p>", "</p>\n"))
    assert [note.line for note in page.unsure][-2:] == [4, 6]
