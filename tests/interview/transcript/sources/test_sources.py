"""Whatever the format, what it says of itself and of its signs is understood."""

from pathlib import Path

import pytest

from tests.interview.transcript.reading import read


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


def test_the_paragraphs_of_a_page_in_one_line_are_counted(tmp_path: Path) -> None:
    said = "".join(f"<p><b>{name}:</b> Who rows?</p>" for name in ("Edda", "Ole", "Edda", "Gro"))
    once = [(2, "Ole speaks only here."), (4, "Gro speaks only here.")]
    page = read(tmp_path, "html", f"<html><body>\n\n{said}</body></html>")
    assert [(note.line, note.why) for note in page.unsure][-2:] == once
    page = read(tmp_path, "html", f"<html><body>\n\n{said}</body></html>".replace("</p>", "</p>\n"))
    assert [note.line for note in page.unsure][-2:] == [4, 6]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("csv", "speaker,text\nEdda,Salt &amp; rope?\nOle,Slowly&#8212;very.\n"),
        ("json", '[{"speaker": "Edda", "text": "Salt &amp; rope?"}, '
         '{"speaker": "Ole", "text": "Slowly&#8212;very."}]'),
        ("vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Edda>Salt &amp; rope?\n\n"
         "00:02.000 --> 00:04.000\n<v Ole>Slowly&#8212;very.\n"),
    ],
)  # fmt: skip
def test_signs_that_are_written_as_names_are_signs(tmp_path: Path, suffix: str, text: str) -> None:
    (exchange,) = read(tmp_path, suffix, text).exchanges
    assert exchange.question == "Salt & rope?"
    assert exchange.answers[0].sentences == ("Slowly—very.",)


def test_a_bold_label_may_stand_close_to_what_is_said(tmp_path: Path) -> None:
    text = "**问：**ABC 是什么？\n\n**王芳：**ABC 是。\n\n**问：**D 呢？\n\n**王芳：**D 也是。"
    transcript = read(tmp_path, "md", text)
    assert transcript.people == ("王芳",)
    assert transcript.exchanges[0].answers[0].sentences == ("ABC 是。",)
