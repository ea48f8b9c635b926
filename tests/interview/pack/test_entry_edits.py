"""One entry of a file is edited: all else stays, to the byte, whatever happens meanwhile."""

import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import OperatorError
from bot.interview.pack.entry_edits import (
    Edit,
    edit_file,
    with_colours,
    with_entry,
    with_fields,
)
from bot.interview.pack.mistakes import PackError
from tests.full_disk import full_disk

ROOT = Path(__file__).parents[3]
QUOTES = """\
# Mine.

[[quotes]]   # the first
number   = 7
text = 'She said "no".'   # twice
topics = [
  "boats",  # always
]


# The second one is short.
[[quotes]]
number = 3
text = "We left."
# The end."""
CHANGED = QUOTES.replace("number = 3", "number = 3\nspoiler = 'x'").replace("'x'", '"mild"')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.toml"
    path.write_bytes(QUOTES.encode())
    return path


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def changing(place: int, **fields: object) -> Edit:
    return lambda file: with_fields(file, "quotes", place, fields)


def adding(**fields: object) -> Edit:
    return lambda file: with_entry(file, "quotes", fields)


def test_a_field_is_changed_and_keeps_its_comment(path: Path) -> None:
    edit_file(path, changing(0, text="She said nothing."))
    assert text_of(path) == QUOTES.replace("""'She said "no".'""", '"She said nothing."')


def test_a_field_is_added_behind_those_of_its_entry(path: Path) -> None:
    edit_file(path, changing(1, spoiler="mild"))
    assert text_of(path) == QUOTES.replace(
        'text = "We left."', 'text = "We left."\nspoiler = "mild"'
    )


def test_a_field_is_taken_out(path: Path) -> None:
    edit_file(path, changing(1, text=None, mature=None))
    assert text_of(path) == QUOTES.replace('text = "We left."\n', "")


def test_an_entry_comes_behind_all_others(path: Path) -> None:
    edit_file(path, adding(number=8, text='Ça "va" \\ là…', topics=["a", "b"]))
    entry = '[[quotes]]\nnumber = 8\ntext = "Ça \\"va\\" \\\\ là…"\ntopics = ["a", "b"]\n'
    assert text_of(path) == f"{QUOTES}\n\n{entry}"


def test_the_first_entry_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quotes.toml"
    edit_file(path, adding(number=1))
    assert text_of(path) == "[[quotes]]\nnumber = 1\n"
    (tmp_path / "other").touch()
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_line_ends_and_marks_of_windows_stay(path: Path) -> None:
    before = b"\xef\xbb\xbf" + QUOTES.replace("\n", "\r\n").encode()
    path.write_bytes(before)
    edit_file(path, changing(1, spoiler="mild"))
    line = b'text = "We left."\r\n'
    assert path.read_bytes() == before.replace(line, line + b'spoiler = "mild"\r\n')
    edit_file(path, adding(number=8))
    assert path.read_bytes().endswith(b"# The end.\r\n\r\n[[quotes]]\r\nnumber = 8\r\n")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_a_link_stays_a_link_and_the_file_keeps_who_may_read_it(tmp_path: Path, path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    edit_file(link, changing(1, number=4))
    assert link.is_symlink()
    assert "number = 4" in text_of(path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_with_a_mistake_is_not_touched_and_the_line_is_told(path: Path) -> None:
    broken = QUOTES.replace('"We left."', '"We left.')
    path.write_text(broken, "utf-8")
    with pytest.raises(PackError, match=r"quotes\.toml:14:"):
        edit_file(path, adding(number=8))
    assert text_of(path) == broken


@pytest.mark.parametrize(
    "text", ["quotes = [{ number = 1 }]\n", '[[ "quotes" ]]\nnumber = 1\n'], ids=["inline", "key"]
)
def test_what_is_written_in_another_way_is_left_to_the_editor(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(OperatorError, match="nothing was touched"):
        edit_file(path, changing(0, number=2))
    assert text_of(path) == text


def test_what_is_saved_meanwhile_is_read_and_lost_by_nobody(path: Path) -> None:
    saves = iter([QUOTES.replace("We left.", "We stayed.")])

    def edit(file: object) -> object:
        # Between the reading and the writing somebody saves.
        for text in saves:
            path.write_text(text, "utf-8")
        return changing(1, spoiler="mild")(file)  # type: ignore[arg-type]

    edit_file(path, edit)  # type: ignore[arg-type]
    assert 'text = "We stayed."\nspoiler = "mild"\n' in text_of(path)


def test_what_is_saved_all_the_time_is_told(path: Path) -> None:
    saves = iter(range(100))

    def edit(file: object) -> object:
        path.write_text(f"{QUOTES}\n# {next(saves)}\n", "utf-8")
        return changing(1, spoiler="mild")(file)  # type: ignore[arg-type]

    with pytest.raises(OperatorError, match=r"Something else is writing to quotes\.toml"):
        edit_file(path, edit)  # type: ignore[arg-type]
    assert "spoiler" not in text_of(path)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_full_disk_leaves_the_file_as_it_was(path: Path) -> None:
    with full_disk(), pytest.raises(OperatorError, match="can't be written"):
        edit_file(path, adding(number=8))
    assert text_of(path) == QUOTES
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_process_that_is_killed_loses_nothing_that_it_told(path: Path) -> None:
    code = """
        import sys
        from itertools import count
        from pathlib import Path
        from bot.interview.pack.entry_edits import edit_file, with_entry
        for number in count(100):
            row = {"number": number}
            edit_file(Path(sys.argv[1]), lambda file: with_entry(file, "quotes", row))
            print(number, flush=True)
    """
    for _kill in range(3):
        before = len(tomli.loads(text_of(path))["quotes"])
        process = subprocess.Popen(
            [sys.executable, "-c", dedent(code), str(path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _line in range(20)]
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        told += [int(line) for line in process.stdout.read().split()]
        process.stdout.close()
        process.wait()
        text = text_of(path)
        assert text.startswith(QUOTES)
        numbers = [row["number"] for row in tomli.loads(text)["quotes"][before:]]
        assert numbers[: len(told)] == told


def test_two_processes_that_write_at_once_lose_nothing_of_each_other(path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from bot.interview.pack.entry_edits import edit_file, entries_in, with_entry
        def add(file):
            return with_entry(file, "quotes", {"number": len(entries_in(file, "quotes"))})
        sys.stdin.readline()
        for _time in range(100):
            edit_file(Path(sys.argv[1]), add)
    """
    before = len(tomli.loads(text_of(path))["quotes"])
    words = [sys.executable, "-c", dedent(code), str(path)]
    processes = [subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE) for _one in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.close()
    assert [process.wait() for process in processes] == [0, 0]
    numbers = [row["number"] for row in tomli.loads(text_of(path))["quotes"][before:]]
    assert numbers == list(range(before, before + 200))


def test_what_a_killed_process_left_behind_is_cleared_away(path: Path) -> None:
    path.with_name(f".{path.name}.new").write_text("half")
    edit_file(path, adding(number=8))
    assert [one.name for one in path.parent.iterdir()] == [path.name]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS}, optional={"topics": st.lists(TEXTS, max_size=3), "mature": st.booleans()}
    ),
    max_size=4,
)
GAPS = st.sampled_from(["", "\n", "\n# [[quotes]]\n", "   # x\n\n", "\t\n"])


@given(rows=ROWS, gaps=st.lists(GAPS, min_size=5, max_size=5), text=TEXTS)
def test_whatever_stands_in_a_file_only_what_was_meant_changes(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, object]],
    gaps: list[str],
    text: str,
) -> None:
    import tomli_w

    entries = [f"[[quotes]]\n{tomli_w.dumps(row)}" for row in rows]
    pieces = [piece for pair in zip(gaps, [*entries, ""], strict=False) for piece in pair]
    path = tmp_path_factory.mktemp("any") / "quotes.toml"
    path.write_bytes("".join(pieces).encode())
    edit_file(path, adding(text=text))
    assert text_of(path).startswith("".join(pieces))
    for place in range(len(rows)):
        edit_file(path, changing(place, text=text, spoiler="mild"))
    assert tomli.loads(text_of(path))["quotes"] == [
        *({**row, "text": text, "spoiler": "mild"} for row in rows),
        {"text": text},
    ]
    for gap in gaps[: len(rows) + 1]:
        assert gap.strip() in text_of(path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "x" # t\n', 'title = "x" # t\ncolours = {text = "#ffffff"}\n'),
        (
            'title = "x"\n\n[[people]]\nname = "A"\n',
            'title = "x"\ncolours = {text = "#ffffff"}\n\n[[people]]\nname = "A"\n',
        ),
        (
            'colours = { background = "#000000" } # dark\n[[people]]\nname = "A"\n',
            'colours = {background = "#000000", text = "#ffffff"} # dark\n[[people]]\nname = "A"\n',
        ),
        (
            '[colours]\ntext = "#000000" # ink\n\n[[people]]\nname = "A"\n',
            '[colours]\ntext = "#ffffff" # ink\n\n[[people]]\nname = "A"\n',
        ),
    ],
    ids=["none", "before headers", "in a line", "under a header"],
)
def test_colours_are_chosen_wherever_they_stand(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "interview.toml"
    path.write_text(before, "utf-8")
    edit_file(path, lambda file: with_colours(file, {"text": "#ffffff"}))
    assert text_of(path) == after
