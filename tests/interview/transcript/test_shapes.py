"""Interviews in every shape that people have, understood alike."""

from pathlib import Path

import pytest

from bot.interview.transcript import Transcript, TranscriptError, parse_transcript
from tests.interview.transcript.copies import COPIES, Piece, paragraphs_of

ARTICLE = Path(__file__).parents[4] / "shared" / "interview.txt"
needs_article = pytest.mark.skipif(
    not ARTICLE.is_file(), reason="needs a copy of the article beside the repository"
)

BOAT = [
    Piece("Two bakers on a boat"),
    Piece("By Cora Writer"),
    Piece("7 min read"),
    Piece("Ada Example and Ben Sample bake on the water. We met them at the quay."),
    Piece("How did the bakery begin?", "THE HARBOUR POST"),
    Piece("With a leak, at 7 a.m. in January. Dr. Mill sold us the boat.", "ADA EXAMPLE"),
    Piece("I said, 'Are you mad? It has no oven.' She laughed.", "BEN SAMPLE"),
    Piece("You have said that the oven weighs more than the boat. Was that a joke?"),
    Piece("It was not [laughs]. We floated 3.5 tonnes of bricks.", "SAMPLE"),
    Piece("What comes next?"),
    Piece("Bread. And the U.S. tour, if it ever floats.", "EXAMPLE"),
    Piece("None of us knows.", "SAMPLE"),
    Piece("Related content:"),
    Piece("Ten boats that sank"),
]


def parse(tmp_path: Path, text: str, suffix: str = "txt", **speakers: str) -> Transcript:
    path = tmp_path / f"interview.{suffix}"
    path.write_text(text, "utf-8")
    return parse_transcript(path, speakers=speakers)


def answers_of(transcript: Transcript) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            exchange.question,
            [(answer.speaker, " ".join(answer.sentences)) for answer in exchange.answers],
        )
        for exchange in transcript.exchanges
    ]


@pytest.mark.parametrize("suffix", COPIES)
def test_every_format_gives_the_same_interview(tmp_path: Path, suffix: str) -> None:
    transcript = parse(tmp_path, COPIES[suffix](BOAT), suffix)
    assert transcript.interviewer == "The Harbour Post"
    assert transcript.people == ("Ada Example", "Ben Sample")
    assert answers_of(transcript) == [
        (
            "How did the bakery begin?",
            [("Ada Example", BOAT[5].text), ("Ben Sample", BOAT[6].text)],
        ),
        (BOAT[7].text, [("Ben Sample", BOAT[8].text)]),
        ("What comes next?", [("Ada Example", BOAT[10].text), ("Ben Sample", BOAT[11].text)]),
    ]


@needs_article
@pytest.mark.parametrize("suffix", COPIES)
def test_the_article_is_understood_in_every_format(tmp_path: Path, suffix: str) -> None:
    pieces = paragraphs_of(ARTICLE.read_text("utf-8"))
    transcript = parse(tmp_path, COPIES[suffix](pieces), suffix)
    assert transcript.interviewer == "Entertainment Weekly"
    assert transcript.people == ("Casimere Jolette", "Kylie Jefferson")
    spoken = [text for _question, answers in answers_of(transcript) for _speaker, text in answers]
    labelled = [" ".join(piece.text.split()) for piece in pieces if piece.label]
    assert spoken == labelled[1:]
    first = next(n for n, piece in enumerate(pieces) if piece.label)
    unlabelled = [piece.text for piece in pieces[first:] if not piece.label]
    assert [question for question, _answers in answers_of(transcript)] == [
        labelled[0],
        *unlabelled[:-1],  # the last piece is "Related content:"
    ]


@needs_article
def test_the_article_as_it_is(tmp_path: Path) -> None:
    transcript = parse_transcript(ARTICLE)
    assert len(transcript.exchanges) == 9
    assert sum(len(exchange.answers) for exchange in transcript.exchanges) == 15
    assert transcript.title.startswith("Tiny Pretty Things stars")
    everything = str(transcript.to_json())
    for furniture in ("Ruth Kinane", "min read", "Giraud", "Related content"):
        assert furniture not in everything


SHAPES: dict[str, str] = {
    "labels in capitals": "ADA EXAMPLE: Hello there.\n\nTHE POST: Why?\n\nADA EXAMPLE: Because.",
    "labels as names": "The Post: Why?\n\nAda Example: Because.\n\nThe Post: How?\n\nAda: Slowly.",
    "bold labels": "**The Post:** Why?\n\n**Ada Example:** Because.\n\n**The Post:** How?\n\n"
    "**Ada:** Slowly.",
    "bold labels, colon outside": "**The Post**: Why?\n\n**Ada Example**: Because.\n\n"
    "**The Post**: How?\n\n**Ada**: Slowly.",
    "bold questions": "**Why?**\n\nAda Example: Because.\n\n**And how was it done**\n\n"
    "Ada: Slowly.",
    "timestamps in brackets": "[00:00:01] The Post: Why?\n[00:00:04] Ada Example: Because.\n"
    "[00:01:00] The Post: How?\n[00:12:31] Ada: Slowly.",
    "timestamps in parentheses": "The Post (00:01): Why?\n\nAda Example (00:04): Because.\n\n"
    "The Post (01:00): How?\n\nAda (12:31): Slowly.",
    "names on lines of their own": "The Post  0:01\nWhy?\n\nAda Example  0:04\nBecause.\n\n"
    "The Post  1:00\nHow?\n\nAda Example  12:31\nSlowly.",
    "labels on lines of their own": "THE POST:\nWhy?\n\nADA EXAMPLE:\nBecause.\n\nTHE POST:\n\n"
    "How?\n\nADA EXAMPLE:\n\nSlowly.",
    "no empty lines": "THE POST: Why?\nADA EXAMPLE: Because.\nTHE POST: How?\nADA EXAMPLE: Slowly.",
    "wide colons": "记者：为什么？\n\n李娜：因为。\n\n记者：怎么做？\n\n李娜：慢慢地。",
    "right to left": "המראיין: למה?\n\nעדה כהן: כי ככה.\n\nהמראיין: איך?\n\nעדה כהן: לאט.",
    "right to left with marks": "\u200fصحفي: لماذا؟\n\n\u200fليلى حداد: لأن.\n\n"
    "\u200fصحفي: كيف؟\n\n"
    "\u200fليلى حداد: ببطء.",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_understood(tmp_path: Path, shape: str) -> None:
    suffix = "md" if "bold" in shape else "txt"
    transcript = parse(tmp_path, SHAPES[shape], suffix)
    names = {
        "wide colons": "李娜",
        "right to left": "עדה כהן",
        "right to left with marks": "ليلى حداد",
    }
    assert transcript.people == (names.get(shape, "Ada Example"),)
    texts = [text for _question, answers in answers_of(transcript) for _speaker, text in answers]
    assert len(texts) == 2
    assert len(transcript.exchanges) == 2


def test_questions_and_answers_by_letter_take_a_name_that_was_told(tmp_path: Path) -> None:
    transcript = parse(tmp_path, "Q: Why?\nA: Because.\nQ: How?\nA: Slowly.", A="Ada Example")
    assert transcript.people == ("Ada Example",)
    assert transcript.interviewer == "Interviewer"
    assert [question for question, _answers in answers_of(transcript)] == ["Why?", "How?"]


def test_a_label_that_says_question_names_nobody(tmp_path: Path) -> None:
    text = "Question: Why?\nAda Example: Because.\nQuestion: How?\nAda: Slowly."
    assert parse(tmp_path, text).interviewer == "Interviewer"


def test_numbered_speakers_take_the_names_that_were_told(tmp_path: Path) -> None:
    text = "Speaker 1: Why?\n\nSpeaker 2: Because.\n\nSpeaker 1: How?\n\nSpeaker 2: Slowly."
    path = tmp_path / "talk.txt"
    path.write_text(text, "utf-8")
    transcript = parse_transcript(path, speakers={"speaker 2": "Ada Example", "Speaker 1": "Cora"})
    assert (transcript.interviewer, transcript.people) == ("Cora", ("Ada Example",))


def test_bold_questions_without_any_label_need_a_name(tmp_path: Path) -> None:
    text = "# A talk\n\n**Why?**\n\nBecause.\n\n**How?**\n\nSlowly."
    with pytest.raises(TranscriptError, match="its questions are bold"):
        parse(tmp_path, text, "md")
    assert answers_of(parse(tmp_path, text, "md", A="Ada Example")) == [
        ("Why?", [("Ada Example", "Because.")]),
        ("How?", [("Ada Example", "Slowly.")]),
    ]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_to_five_speakers_are_told_apart(tmp_path: Path, count: int) -> None:
    names = ["Ada Example", "Ben Sample", "Cleo Third", "Dov Fourth", "Eva Fifth"][:count]
    turns = ["HOST: Who bakes?"] + [
        f"{name.upper()}: I do, says {n}." for n, name in enumerate(names)
    ]
    turns += ["HOST: Who rows?"] + [f"{name.split()[-1].upper()}: Me." for name in names]
    transcript = parse(tmp_path, "\n\n".join(turns))
    assert transcript.people == tuple(names)
    assert [len(exchange.answers) for exchange in transcript.exchanges] == [count, count]


def test_a_speaker_named_nowhere_in_full_keeps_the_first_name(tmp_path: Path) -> None:
    text = "POST: Why?\n\nADA: Because.\n\nPOST: How?\n\nADA: So."
    assert parse(tmp_path, text).people == ("Ada",)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("SIOBHAN O'NEIL", "Siobhan O'Neil"),
        ("JEAN-LUC VAN DER MEER", "Jean-Luc van der Meer"),
        ("ALEX McKAY", "ALEX McKAY"),
        ("DR. ADA EXAMPLE", "Dr. Ada Example"),
        ("J. K. SAMPLE", "J. K. Sample"),
        ("Renée Dubois", "Renée Dubois"),
    ],
)
def test_names_are_written_as_names(tmp_path: Path, label: str, name: str) -> None:
    text = f"POST: Why?\n\n{label}: Because.\n\nPOST: How?\n\n{label}: Slowly."
    assert parse(tmp_path, text).people == (name,)


def test_words_and_a_colon_are_not_a_speaker(tmp_path: Path) -> None:
    text = (
        "POST: Why?\n\nADA EXAMPLE: Because.\n\nBest of all: it floats.\n\n"
        "Note: she laughs.\n\nhttps://example.org/ is the page.\n\n10:30 was the time.\n\n"
        "POST: How?\n\nADA: Slowly."
    )
    transcript = parse(tmp_path, text)
    assert transcript.people == ("Ada Example",)
    assert "Best of all: it floats." in answers_of(transcript)[0][1][0][1]


def test_what_it_was_unsure_of_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        "POST: Why?\n\nADA EXAMPLE: Because Ada Exampel bakes.\n\nOLAF: me too.\n\n"
        "POST: How?\n\nADA EXAMPLE: Slowly.\n\nPOST: Goodbye."
    )
    transcript = parse(tmp_path, text)
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (3, "The label says Ada Example, the text Ada Exampel; the label wins."),
        (5, "Olaf speaks only here."),
        (11, "Nobody answers this any more; 1 word left out."),
    ]


def test_an_answer_of_several_paragraphs_stays_whole(tmp_path: Path) -> None:
    text = "POST: Why?\n\nADA: First.\n\nSecond! Is it?\n\nThird.\n\nPOST: How?\n\nADA: Slowly."
    assert answers_of(parse(tmp_path, text))[0] == (
        "Why?",
        [("Ada", "First. Second! Is it? Third.")],
    )


def test_wrapped_lines_are_one_paragraph(tmp_path: Path) -> None:
    long = "The oven came by rail and then by river and then on the shoulders of eleven men who"
    text = f"POST: Why?\n\nADA: {long}\nhad never baked.\n\nPOST: How?\n\nADA: Slowly."
    assert answers_of(parse(tmp_path, text))[0][1] == [("Ada", f"{long} had never baked.")]


def test_the_json_is_the_one_that_is_promised(tmp_path: Path) -> None:
    content = parse(tmp_path, COPIES["txt"](BOAT)).to_json()
    keys = ["title", "interviewer", "people", "exchanges", "unsure", "shape", "confidence"]
    assert list(content) == keys
    assert content["title"] == "Two bakers on a boat"
    assert list(content["exchanges"][0]) == ["question", "answers"]
    assert content["exchanges"][1]["answers"] == [
        {
            "speaker": "Ben Sample",
            "sentences": ["It was not [laughs].", "We floated 3.5 tonnes of bricks."],
        }
    ]
