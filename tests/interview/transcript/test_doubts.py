"""What was not certain is told, with its line, and weighed."""

from pathlib import Path

from tests.interview.transcript.reading import read


def test_what_is_nobodys_is_told(tmp_path: Path) -> None:
    head = "The rowers of the island meet on Fridays, and on all other days they only talk of it. "
    text = f"{head * 2}\n\nEDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    transcript = read(tmp_path, "txt", text)
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (1, "36 words from here on belong to nobody; left out.")
    ]


def test_what_is_of_use_is_not_left_out(tmp_path: Path) -> None:
    head = "The Rowers of the Island and All of Their Boats\n\nBy Cora Writer\n\n3 March 2021\n\n"
    talk = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    short = "They meet on Fridays, and on all other days they only talk of it.\n\n"
    assert read(tmp_path, "txt", head + short + talk).unsure == ()
    transcript = read(tmp_path, "txt", head + short.strip() + " " + short + talk)
    assert read(tmp_path, "txt", head + talk).confidence == 1
    assert read(tmp_path, "txt", f"{head}Share Print\n\n{talk}").confidence == 1
    assert transcript.confidence < 1
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (7, "28 words from here on belong to nobody; left out.")
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
    assert "passes for the interviewer" in transcript.unsure[0].why


def test_a_sign_behind_a_name_is_no_slip(tmp_path: Path) -> None:
    text = (
        "**Edda Berg:** Here is Finn Probe. Who rows?\n\n**Finn Probe🐑:** I do.\n\n"
        "**Edda Berg:** Far?\n\n**Finn Probe🐑:** Never."
    )
    assert read(tmp_path, "md", text).unsure == ()


def test_a_name_for_a_label_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    transcript = read(tmp_path, "txt", text, Olle="Ole Muster")
    assert [note.why for note in transcript.unsure] == [
        "Nobody is called Olle in the file; there are Edda, Ole."
    ]
    assert read(tmp_path, "txt", text, OLE="Ole Muster").unsure == ()


def test_an_end_that_is_unlike_all_else_is_doubted(tmp_path: Path) -> None:
    talk = "EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never."
    assert read(tmp_path, "txt", talk).unsure == ()
    transcript = read(tmp_path, "txt", f"{talk}\n\nCora Writer rows as well.")
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (7, "Everything from here to the end counts as Ole's words.")
    ]
