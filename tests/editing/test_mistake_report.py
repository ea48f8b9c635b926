"""What an editor gets to read of each mistake, whole: place, words, the line underlined, remedy."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.editing.check import check, hints_at
from bot.editing.mistake_report import json_rows, show, summary
from bot.interview.pack.mistakes import Mistake, spot_in
from bot.text import _, say
from tests.packs import INTERVIEW as INTERVIEW_FIELDS
from tests.packs import fact, quote, write_lines, write_pack

JARGON = re.compile(
    r"\b(array|bool\w*|char|declare|decod\w+|dict\w*|encod\w+|enum|escape\w*|exception|float|input"
    r"|instance|integer|iterable|json|literal|model|namespace|null|object|pars\w+|pattern|pydantic"
    r"|regex|schema|statement|string|syntax|table|token|toml|type|unicode|unterminated|valid\w*)\b"
    r"|should (be|have)",
    re.IGNORECASE,
)
"""Words of programs: with the names of files taken out, no sentence has one."""
FILES = re.compile(r"\b[\w-]+\.(toml|jsonl)")


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def report(folder: Path) -> str:
    """Give what is shown of a pack where nobody looks at a terminal."""
    stream = io.StringIO()
    show(list(check([folder])), [], stream)
    return stream.getvalue().replace(f"{folder}/", "").rstrip("\n")


FACT = """\
[[facts]]
number = 1
people = ["ada-example"]
exchange = 1
text = "It floats."
"""

SYNTAX: Sequence[tuple[str, str]] = [
    (
        "text = “Nobody knew it.”",
        """\
facts.toml:2:8: curly quotation marks
    2 | text = “Nobody knew it.”
      |        ^~~~~~~~~~~~~~~~~
      Write straight ones: "Nobody knew it."
""",
    ),
    (
        'text = "Nobody knew it.”',
        """\
facts.toml:2:24: the text begins with a straight quotation mark and ends with a curly one
    2 | text = "Nobody knew it.”
      |                        ^
      Write " at its end
""",
    ),
    (
        "topics = [“boats”, “bread”]",
        """\
facts.toml:2:11: curly quotation marks
    2 | topics = [“boats”, “bread”]
      |           ^~~~~~~
      Write straight ones: "boats"
""",
    ),
    (
        'text = "Nobody knew it.',
        """\
facts.toml:2:24: the quotation mark at the end of the text is missing
    2 | text = "Nobody knew it.
      |                        ^
      Write " there
""",
    ),
    (
        'text = Nobody knew it."',
        """\
facts.toml:2:8: the quotation mark at the beginning of the text is missing
    2 | text = Nobody knew it."
      |        ^
      Write " there
""",
    ),
    (
        "text = Nobody knew it",
        """\
facts.toml:2:8: the text isn't in quotation marks
    2 | text = Nobody knew it
      |        ^~~~~~~~~~~~~~
      Write text = "Nobody knew it"
""",
    ),
    (
        "spoiler = majour",
        """\
facts.toml:2:11: the text isn't in quotation marks, and spoiler can't be "majour"
    2 | spoiler = majour
      |           ^~~~~~
      Write spoiler = "major"
""",
    ),
    (
        "spoiler = total",
        """\
facts.toml:2:11: the text isn't in quotation marks, and spoiler can't be "total"
    2 | spoiler = total
      |           ^~~~~
      Write spoiler = "none", "mild" or "major"
""",
    ),
    (
        'text = "They called it "the oven" for years."',
        """\
facts.toml:2:24: the quotation mark inside the text ends it
    2 | text = "They called it "the oven" for years."
      |                        ^
      Write \\" for each one inside it
""",
    ),
    (
        "text = 'It's afloat.'",
        """\
facts.toml:2:11: the apostrophe inside the text ends it
    2 | text = 'It's afloat.'
      |           ^
      Put the text between " and "
""",
    ),
    (
        'text = "It floats,\nand it bakes."',
        """\
facts.toml:2:8: the text runs over several lines
    2 | text = "It floats,
      |        ^~~~~~~~~~~
      Write it on one line
""",
    ),
    (
        'topics = ["boats" "bread"]',
        """\
facts.toml:2:18: a comma is missing in this list
    2 | topics = ["boats" "bread"]
      |                  ^
      Write "boats", "bread"
""",
    ),
    (
        'topics = [\n  "boats",\n  "bread"\n  "tide"\n]',
        """\
facts.toml:4:10: a comma is missing in this list
    4 |   "bread"
      |          ^
      Write "bread", "tide"
""",
    ),
    (
        'topics = ["boats", "bread"',
        """\
facts.toml:2:27: the list never ends
    2 | topics = ["boats", "bread"
      |                           ^
      Write ] there
""",
    ),
    (
        'topics = ["boats, "bread"]',
        """\
facts.toml:2:20: a quotation mark is missing in this list
    2 | topics = ["boats, "bread"]
      |                    ^
      Start and end each text in it with "
""",
    ),
    (
        "topics = [boats]",
        """\
facts.toml:2:11: text in the list isn't in quotation marks
    2 | topics = [boats]
      |           ^~~~~
      Write "boats"
""",
    ),
    (
        'topics = ("boats", "bread")',
        """\
facts.toml:2:10: a list in round brackets
    2 | topics = ("boats", "bread")
      |          ^~~~~~~~~~~~~~~~~~
      Write it in square ones: […]
""",
    ),
    (
        "mature = yes",
        """\
facts.toml:2:10: yes is neither true nor false
    2 | mature = yes
      |          ^~~
      Write mature = true
""",
    ),
    (
        "mature = False",
        """\
facts.toml:2:10: false is written in small letters
    2 | mature = False
      |          ^~~~~
      Write mature = false
""",
    ),
    (
        'text: "It floats."',
        """\
facts.toml:2:5: a colon between the field's name and its value
    2 | text: "It floats."
      |     ^
      Write an equals sign: text = …
""",
    ),
    (
        'false version = "It sinks."',
        """\
facts.toml:2:1: a field's name with a space in it
    2 | false version = "It sinks."
      | ^~~~~~~~~~~~~
      Write false_version
""",
    ),
    (
        "number = four",
        """\
facts.toml:2:10: number is in words
    2 | number = four
      |          ^~~~
      Write number = 4
""",
    ),
    (
        "number = 1,204",
        """\
facts.toml:2:10: a number with something before or between its digits
    2 | number = 1,204
      |          ^~~~~
      Write number = 1204
""",
    ),
    (
        "since = 25.11.2026",
        """\
facts.toml:2:9: a date in another order or with other marks
    2 | since = 25.11.2026
      |         ^~~~~~~~~~
      Write since = 2026-11-25
""",
    ),
    (
        "since = 4/5/2026",
        """\
facts.toml:2:9: a date in another order or with other marks
    2 | since = 4/5/2026
      |         ^~~~~~~~
      Write since = 2026-05-04 or 2026-04-05
""",
    ),
    (
        "since = 2026–11–25",
        """\
facts.toml:2:9: a date in another order or with other marks
    2 | since = 2026–11–25
      |         ^~~~~~~~~~
      Write since = 2026-11-25
""",
    ),
    (
        'text = "It lies in C:\\data."',
        """\
facts.toml:2:22: a backslash has a meaning of its own between quotation marks
    2 | text = "It lies in C:\\data."
      |                      ^
      Write two of them, or / in a path, or put the text between ' and '
""",
    ),
    (
        "Ask Ben about this one.",
        """\
facts.toml:2:1: a line that is neither a field nor a header
    2 | Ask Ben about this one.
      | ^~~~~~~~~~~~~~~~~~~~~~~
      Start it with # if it's a comment; if it belongs to a text, write that on one line
""",
    ),
    (
        "// Ask Ben about this one.",
        """\
facts.toml:2:1: // doesn't start a comment here
    2 | // Ask Ben about this one.
      | ^~
      Start comments with #
""",
    ),
    (
        'text = "It floats.",',
        """\
facts.toml:2:20: , at the end of the line
    2 | text = "It floats.",
      |                    ^
      Take it out: each field has a line of its own
""",
    ),
    (
        'number = 4 text = "It floats."',
        """\
facts.toml:2:12: two fields on one line
    2 | number = 4 text = "It floats."
      |            ^~~~
      Start a new line before text
""",
    ),
    (
        "who =",
        """\
facts.toml:2:5: who has no value
    2 | who =
      |     ^
      Write one after the equals sign, or delete the line
""",
    ),
    (
        'who\u00a0= "Who floats?"',
        """\
facts.toml:2:4: an unusual space (U+00A0), as web pages and Word use
    2 | who\\xa0= "Who floats?"
      |    ^~~~
      Replace it with an ordinary space
""",
    ),
    (
        "number = 4\nnumber = 5",
        """\
facts.toml:3:1: number is there already, on line 2
    3 | number = 5
      | ^~~~~~
      Keep one of them, or start a new entry with a header before the second
""",
    ),
    (
        "topics = boats, bread",
        """\
facts.toml:2:10: topics takes a list
    2 | topics = boats, bread
      |          ^~~~~~~~~~~~
      Write topics = ["boats", "bread"]
""",
    ),
    (
        'topics = "boats", "bread"',
        """\
facts.toml:2:10: topics takes a list
    2 | topics = "boats", "bread"
      |          ^~~~~~~~~~~~~~~~
      Write topics = ["boats", "bread"]
""",
    ),
    (
        'topics = {boats, "bread"}',
        """\
facts.toml:2:10: topics takes a list
    2 | topics = {boats, "bread"}
      |          ^~~~~~~~~~~~~~~~
      Write topics = ["boats", "bread"]
""",
    ),
    (
        'topics =\n  - boats\n  - "bread"',
        """\
facts.toml:2:8: topics takes a list
    2 | topics =
      |        ^
      Write topics = ["boats", "bread"]
""",
    ),
    (
        'topics = "1984", "1985"',
        """\
facts.toml:2:10: topics takes a list
    2 | topics = "1984", "1985"
      |          ^~~~~~~~~~~~~~
      Write topics = ["1984", "1985"]
""",
    ),
    (
        "people = ada-example and ben-sample",
        """\
facts.toml:2:10: people takes a list
    2 | people = ada-example and ben-sample
      |          ^~~~~~~~~~~~~~~~~~~~~~~~~~
      Write people = ["ada-example", "ben-sample"]
""",
    ),
    (
        "mature = maybe",
        """\
facts.toml:2:10: maybe is neither true nor false
    2 | mature = maybe
      |          ^~~~~
      Write mature = true or mature = false
""",
    ),
    (
        "colours = blue",
        """\
facts.toml:2:11: this can't be read
    2 | colours = blue
      |           ^
      Compare it with the lines around it: name = "text", name = 5, name = ["a", "b"]
""",
    ),
    (
        "number = # see quote 12",
        """\
facts.toml:2:23: number has no value
    2 | number = # see quote 12
      |                       ^
      Write one after the equals sign, or delete the line
""",
    ),
    (
        "people = Ada Example",
        """\
facts.toml:2:10: people takes a list
    2 | people = Ada Example
      |          ^~~~~~~~~~~
      Write people = ["Ada Example"]
""",
    ),
    (
        "number = #4",
        """\
facts.toml:2:10: number takes a whole number
    2 | number = #4
      |          ^~
      Write number = 4
""",
    ),
    (
        "number = No. 4",
        """\
facts.toml:2:10: number takes a whole number
    2 | number = No. 4
      |          ^~~~~
      Write number = 4
""",
    ),
    (
        "number = 1,5",
        """\
facts.toml:2:10: number takes a whole number
    2 | number = 1,5
      |          ^~~
      Write only the number, as in number = 5
""",
    ),
    (
        "number = 4 // the fourth",
        """\
facts.toml:2:12: // doesn't start a comment here
    2 | number = 4 // the fourth
      |            ^~
      Start comments with #
""",
    ),
    (
        "number = 4 ; the fourth",
        """\
facts.toml:2:12: ; doesn't start a comment here
    2 | number = 4 ; the fourth
      |            ^
      Start comments with #
""",
    ),
    (
        "number = 4, exchange = 1",
        """\
facts.toml:2:13: two fields on one line
    2 | number = 4, exchange = 1
      |             ^~~~~~~~
      Start a new line there, in place of the comma
""",
    ),
    (
        "exchange = The idea",
        """\
facts.toml:2:12: exchange takes a whole number
    2 | exchange = The idea
      |            ^~~~~~~~
      Write only the number, as in exchange = 5
""",
    ),
    (
        "since = 2026-13-45",
        """\
facts.toml:2:9: there's no such date or time
    2 | since = 2026-13-45
      |         ^~~~~~~~~~
      Write year, month and day: 2026-11-25
""",
    ),
    (
        "since = soon",
        """\
facts.toml:2:9: since takes a date
    2 | since = soon
      |         ^~~~
      Write year, month and day: 2026-11-25
""",
    ),
    (
        'topics == ["boats"]',
        """\
facts.toml:2:9: one equals sign too many
    2 | topics == ["boats"]
      |         ^
      Take it out
""",
    ),
    (
        'topics – ["boats"]',
        """\
facts.toml:2:7: the equals sign is missing
    2 | topics – ["boats"]
      |       ^
      Write topics = …
""",
    ),
    (
        'false–version = "It sinks."',
        """\
facts.toml:2:1: a field's name with a dash in it
    2 | false–version = "It sinks."
      | ^~~~~~~~~~~~~
      Write false_version
""",
    ),
    (
        'text = "It floats.""',
        """\
facts.toml:2:8: a quotation mark too many
    2 | text = "It floats.""
      |        ^~~~~~~~~~~~~
      Write one at the beginning and one at the end
""",
    ),
    (
        'text = ""It floats.""',
        """\
facts.toml:2:8: a quotation mark too many
    2 | text = ""It floats.""
      |        ^~~~~~~~~~~~~~
      Write one at the beginning and one at the end
""",
    ),
    (
        "who = Eleven",
        """\
facts.toml:2:7: the text isn't in quotation marks
    2 | who = Eleven
      |       ^~~~~~
      Write who = "Eleven"
""",
    ),
    (
        "who = 25.11.2026",
        """\
facts.toml:2:7: the text isn't in quotation marks
    2 | who = 25.11.2026
      |       ^~~~~~~~~~
      Write who = "25.11.2026"
""",
    ),
    (
        "who = True",
        """\
facts.toml:2:7: the text isn't in quotation marks
    2 | who = True
      |       ^~~~
      Write who = "True"
""",
    ),
    (
        'topics = ["boats"] // both',
        """\
facts.toml:2:20: // doesn't start a comment here
    2 | topics = ["boats"] // both
      |                    ^~
      Start comments with #
""",
    ),
    (
        "exchange = ２",
        """\
facts.toml:2:12: a number with something before or between its digits
    2 | exchange = ２
      |            ^~
      Write exchange = 2
""",
    ),
    (
        'people = ["ada-example" and "ben-sample"]',
        """\
facts.toml:2:24: a comma is missing in this list
    2 | people = ["ada-example" and "ben-sample"]
      |                        ^
      Write one in place of and
""",
    ),
]


@pytest.mark.parametrize(("lines", "block"), SYNTAX)
def test_what_cannot_be_read_is_shown_and_hides_nothing_else(
    tmp_path: Path, lines: str, block: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    text = f"[[facts]]\n{lines}\n\n{FACT.replace('exchange = 1', 'exchange = 77')}"
    (folder / "facts.toml").write_text(text, "utf-8")
    mistake, other = report(folder).split("\n\n")
    assert f"{mistake}\n" == block
    assert ": there's no exchange 77\n" in other


WRITTEN_OUT = re.compile(r"Write (\w+ = (?:[\w-]+|\[.*\]|\"[^\"]*\"))")
PROPOSALS = [
    (lines, block, proposal[1])
    for lines, block in SYNTAX
    if (proposal := WRITTEN_OUT.fullmatch(block.rstrip().split("\n")[-1].strip()))
]


@pytest.mark.parametrize(("lines", "block", "proposal"), PROPOSALS)
def test_what_is_written_as_proposed_is_this_mistake_no_more(
    tmp_path: Path, lines: str, block: str, proposal: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    problem = block.split("\n")[0]
    for line, is_wrong in ((lines, True), (proposal, False)):
        (folder / "facts.toml").write_text(f"[[facts]]\n{line}\n", "utf-8")
        assert (problem in report(folder)) is is_wrong
    (folder / "facts.toml").write_text(f"[[facts]]\n{proposal}\n", "utf-8")
    assert "facts.toml:2:" not in report(folder).replace("'Ada Example' is a name", "")


VALUES: Sequence[tuple[str, str, str]] = [
    (
        "number = 1",
        'number = "four"',
        """\
facts.toml:2:10: number is in words
    2 | number = "four"
      |          ^~~~~~
      Write 4, without quotation marks""",
    ),
    (
        "number = 1",
        'number = "4"',
        """\
facts.toml:2:10: number is in quotation marks
    2 | number = "4"
      |          ^~~
      Write 4, without them""",
    ),
    (
        'people = ["ada-example"]',
        'people = "Ada Example"',
        """\
facts.toml:3:10: people takes a list
    3 | people = "Ada Example"
      |          ^~~~~~~~~~~~~
      Write ["Ada Example"], in square brackets""",
    ),
    (
        'people = ["ada-example"]',
        'people = ["ben-sample", "Ada Example"]',
        """\
facts.toml:3:25: 'Ada Example' is a name, not a key
    3 | people = ["ben-sample", "Ada Example"]
      |                         ^~~~~~~~~~~~~
      Write "ada-example", the key in interview.toml""",
    ),
    (
        'people = ["ada-example"]',
        'people = ["Maya Lindqvist"]',
        """\
facts.toml:3:11: nobody in interview.toml has the key 'Maya Lindqvist'
    3 | people = ["Maya Lindqvist"]
      |           ^~~~~~~~~~~~~~~~
      There are "ada-example", "ben-sample", "dan-absent\"""",
    ),
    (
        'text = "It floats."',
        'text = ["It floats."]',
        """\
facts.toml:5:8: text takes text, not a list
    5 | text = ["It floats."]
      |        ^~~~~~~~~~~~~~
      Write "It floats.", without the brackets""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\ntopcis = ["boats"]',
        """\
facts.toml:6:1: there's no field topcis here
    6 | topcis = ["boats"]
      | ^~~~~~
      Did you mean topics?""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\nspoiler = "huge"',
        """\
facts.toml:6:11: spoiler can't be "huge"
    6 | spoiler = "huge"
      |           ^~~~~~
      Write "none", "mild" or "major\"""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\nmature = "yes"',
        """\
facts.toml:6:10: mature is either true or false
    6 | mature = "yes"
      |          ^~~~~
      Write true, without quotation marks""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\nsince = "25 November 2026"',
        """\
facts.toml:6:9: since can't be "25 November 2026"
    6 | since = "25 November 2026"
      |         ^~~~~~~~~~~~~~~~~~
      Write 2026-11-25: year, month, day""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\ntopics = ["boats", "bread: rye"]',
        """\
facts.toml:6:20: an entry of topics holds a colon
    6 | topics = ["boats", "bread: rye"]
      |                    ^~~~~~~~~~~~
      Take it out""",
    ),
    (
        'text = "It floats."',
        'text = "It lies in C:\\boats."',
        """\
facts.toml:5:8: text holds an invisible character
    5 | text = "It lies in C:\\boats."
      |        ^~~~~~~~~~~~~~~~~~~~~~
      Take it out; for a backslash, write two""",
    ),
    (
        "exchange = 1\n",
        "",
        """\
facts.toml:1:1: exchange is missing
    1 | [[facts]]
      | ^~~~~~~~~
      Add it, the number of the question in interview.toml""",
    ),
    (
        "[[facts]]",
        "[facts]",
        """\
facts.toml:1:1: [facts] doesn't start an entry
    1 | [facts]
      | ^~~~~~~
      Write [[facts]], with double brackets""",
    ),
    (
        "[[facts]]",
        "[[fact]]",
        """\
facts.toml:1:1: [[fact]] doesn't start an entry
    1 | [[fact]]
      | ^~~~~~~~
      Write [[facts]]""",
    ),
    (
        "[[facts]]",
        "[[facts]",
        """\
facts.toml:1:1: this header isn't complete
    1 | [[facts]
      | ^~~~~~~~
      Write [[facts]]""",
    ),
    (
        "[[facts]]",
        "[[quotes]]",
        """\
facts.toml:1:1: quotes doesn't belong in this file
    1 | [[quotes]]
      | ^~~~~~~~~~
      Move it to quotes.toml; entries here start with [[facts]]""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\ntopics = "boats, bread"',
        """\
facts.toml:6:10: topics takes a list
    6 | topics = "boats, bread"
      |          ^~~~~~~~~~~~~~
      Write ["boats", "bread"]""",
    ),
    (
        "[[facts]]\n",
        "",
        """\
facts.toml:1:1: this entry has no header
    1 | number = 1
      | ^~~~~~
      Write [[facts]] on a line above it""",
    ),
    (
        "[[facts]]",
        "[[facts]]:",
        """\
facts.toml:1:10: there's something after a header
    1 | [[facts]]:
      |          ^
      Take it out""",
    ),
    (
        "[[facts]]",
        "Facts:",
        """\
facts.toml:1:1: this header isn't complete
    1 | Facts:
      | ^~~~~
      Write [[facts]]""",
    ),
    (
        "[[facts]]",
        "((facts))",
        """\
facts.toml:1:1: this header isn't complete
    1 | ((facts))
      | ^~~~~~~~~
      Write [[facts]]""",
    ),
    (
        "[[facts]]",
        "[[facts]]\n[[facts]]",
        """\
facts.toml:1:1: there's nothing below this header
    1 | [[facts]]
      | ^~~~~~~~~
      Fill the entry in, or take the header out""",
    ),
    (
        'text = "It floats."',
        'text = "It floats."\nnumber = 2\npeople = []\nexchange = 2\ntext = "It sinks."',
        """\
facts.toml:6:1: number is there already, on line 2
    6 | number = 2
      | ^~~~~~
      Keep one of them, or start a new entry with a header before the second""",
    ),
    (
        "[[facts]]",
        '[[facts.1]]\ntext = "It sinks."\n\n[[facts]]',
        """\
facts.toml:1:1: facts isn't a list of entries
    1 | [[facts.1]]
      | ^~~~~~~~~~~
      Begin each entry with [[facts]]

facts.toml:4:1: [[facts]] doesn't go with the header on line 1
    4 | [[facts]]
      | ^~~~~~~~~
      Write [[facts]] there as well""",
    ),
    (
        'people = ["ada-example"]',
        'people = ["ada-example, ben-sample"]',
        """\
facts.toml:3:11: nobody in interview.toml has the key 'ada-example, ben-sample'
    3 | people = ["ada-example, ben-sample"]
      |           ^~~~~~~~~~~~~~~~~~~~~~~~~
      Put each in quotation marks: "ada-example", "ben-sample\"""",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "block"), VALUES)
def test_a_value_that_is_none_is_shown(tmp_path: Path, right: str, wrong: str, block: str) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text(FACT.replace(right, wrong), "utf-8")
    assert report(folder) == block


INTERVIEW: Sequence[tuple[str, str, str]] = [
    (
        'role = "skipper"',
        'rolle = "skipper"',
        """\
interview.toml:21:1: there's no field rolle here
   21 | rolle = "skipper"
      | ^~~~~
      Did you mean role?""",
    ),
    (
        'role = "skipper"',
        'height = "six feet"',
        """\
interview.toml:21:1: there's no field height here
   21 | height = "six feet"
      | ^~~~~~
      Use one of name, key, aliases, role, part, pronoun""",
    ),
    (
        'role = "skipper"',
        'key = "Ben Sample"',
        """\
interview.toml:21:7: key can't be "Ben Sample"
   21 | key = "Ben Sample"
      |       ^~~~~~~~~~~~
      Write "ben-sample": lowercase letters, digits and hyphens""",
    ),
    (
        'link = "https://example.org/floating-oven"',
        'link = "www.example.org/floating-oven"',
        """\
interview.toml:5:8: link can't be "www.example.org/floating-oven"
    5 | link = "www.example.org/floating-oven"
      |        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Write "https://www.example.org/floating-oven\"""",
    ),
    (
        'title = "The storm"',
        'title = "The storm that they did not see coming"',
        """\
interview.toml:54:9: title has 38 characters
   54 | title = "The storm that they did not see coming"
      |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Shorten it to 31""",
    ),
    (
        'summary = "What they do when it is cold."',
        'summary = "What they do when it is cold."\nbyline = "Cora Writer"',
        """\
interview.toml:68:1: byline belongs to the interview, not to this entry
   68 | byline = "Cora Writer"
      | ^~~~~~
      Move it up, above the first header: byline = …""",
    ),
    (
        'name = "Dan Absent"',
        'name = "Ada Example"',
        """\
interview.toml:24:1: 'Ada Example' is there twice
   24 | [[people]]
      | ^~~~~~~~~~
      Take one out, or give one of them a key of their own""",
    ),
]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org/oven", "https://example.org/oven"),
        ("https:/example.org/oven", "https://example.org/oven"),
        ("https//example.org/oven", "https://example.org/oven"),
        ("HTTPS://example.org/oven", "https://example.org/oven"),
        ("https://example.org/the oven (1)", "https://example.org/the%20oven%20%281%29"),
        ("[the oven](https://example.org/oven)", "https://example.org/oven"),
        ("<https://example.org/oven>", "https://example.org/oven"),
        (f"www.example.org/{'o' * 200}", f"https://www.example.org/{'o' * 200}"),
        ("file:///C:/oven.html", None),
        ("the Harbour Post", None),
    ],
)
def test_an_address_is_proposed_as_a_pack_takes_it(
    tmp_path: Path, typed: str, address: str | None
) -> None:
    folder = write_pack(tmp_path / "boat", interview={**INTERVIEW_FIELDS, "link": typed})
    (mistake,) = check([folder])
    if address is None:
        assert mistake.what_to_do().startswith("write an address that starts with https://")
    else:
        assert mistake.what_to_do() == f'write "{address}"'
        write_pack(folder, interview={**INTERVIEW_FIELDS, "link": address})
        assert not list(check([folder]))


@pytest.mark.parametrize(("right", "wrong", "block"), INTERVIEW)
def test_a_mistake_in_the_interview_is_shown_at_its_own_line(
    tmp_path: Path, right: str, wrong: str, block: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    path = folder / "interview.toml"
    assert right in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")
    assert report(folder) == block


def test_a_quote_of_two_speakers_is_told_whom_it_may_name(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[quote(1, speaker="ada-example, ben-sample")])
    assert report(folder).endswith('There are "ada-example", "ben-sample", "dan-absent"')


def test_a_list_with_bullets_is_one_whatever_stands_behind_its_name(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text("[[facts]]\ntopics = \n- 1984\n- bread\n", "utf-8")
    assert report(folder).endswith('Write topics = ["1984", "bread"]')


def test_of_a_long_list_its_beginning_is_proposed(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    bullets = "".join(f"- {number}\n" for number in range(2000))
    (folder / "facts.toml").write_text(f"[[facts]]\ntopics =\n{bullets}", "utf-8")
    (mistake,) = check([folder])
    assert mistake.what_to_do().startswith('write topics = ["0", "1", ')
    assert mistake.what_to_do().endswith('"19", …]')


QUESTION = """\
[[questions]]
number = 1
exchange = 2
prompt = "What stood on the shelf?"
right = "A jar"
wrong = ["A bag", "A tin"]
explanation = "A jar of starter stood there."
difficulty = "easy"
"""


def test_a_question_says_how_many_wrong_answers_it_lacks_or_has_too_many(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "trivia.toml").write_text(QUESTION, "utf-8")
    expected = """\
trivia.toml:6:9: a question has three wrong answers, not 2
    6 | wrong = ["A bag", "A tin"]
      |         ^~~~~~~~~~~~~~~~~~
      Add 1 more"""
    assert report(folder) == expected
    more = QUESTION.replace('"A tin"]', '"A tin", "A map", "A hat"]')
    (folder / "trivia.toml").write_text(more, "utf-8")
    expected = """\
trivia.toml:6:9: a question has three wrong answers, not 4
    6 | wrong = ["A bag", "A tin", "A map", "A hat"]
      |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Take out 1"""
    assert report(folder) == expected


def test_a_translation_that_names_nothing_is_shown_at_its_header(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", facts=[fact(1)])
    (folder / "fr.toml").write_text('\n[fact.12]\ntext = "Il flotte."\n', "utf-8")
    expected = """\
fr.toml:2:1: there's no fact 12 in the pack
    2 | [fact.12]
      | ^~~~~~~~~
      Correct the number, or take the entry out"""
    assert report(folder) == expected


LINES: Sequence[tuple[str, str]] = [
    (
        '{"number": 7, "exchange": 1, "speaker": "Ben Sample", "text": "I held it."}',
        """\
quotes.jsonl:1:41: 'Ben Sample' is a name, not a key
    1 | {"number": 7, "exchange": 1, "speaker": "Ben Sample", "text": "I held it."}
      |                                         ^~~~~~~~~~~~
      Write "ben-sample", the key in interview.toml""",
    ),
    (
        '{"number": 7, "exchange": 1 "speaker": "ben-sample", "text": "I held it."}',
        """\
quotes.jsonl:1:28: a comma or a colon is missing
    1 | {"number": 7, "exchange": 1 "speaker": "ben-sample", "text": "I held it."}
      |                            ^
      Write it between the two""",
    ),
    (
        '{"number": 7, "mature": True, "exchange": 1}',
        """\
quotes.jsonl:1:25: true is written in small letters
    1 | {"number": 7, "mature": True, "exchange": 1}
      |                         ^~~~
      Write true""",
    ),
    (
        "{“number”: 7}",
        """\
quotes.jsonl:1:2: curly quotation marks
    1 | {“number”: 7}
      |  ^
      Write straight ones: "…\"""",
    ),
    (
        '{"number": 7, "exchange": 1,}',
        """\
quotes.jsonl:1:28: a comma before the end
    1 | {"number": 7, "exchange": 1,}
      |                            ^
      Take it out""",
    ),
]


@pytest.mark.parametrize(("line", "block"), LINES)
def test_a_streamed_line_is_shown_with_the_column_in_it(
    tmp_path: Path, line: str, block: str
) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    (folder / "quotes.jsonl").write_text(f"{line}\n{json.dumps(quote(8))}\n", "utf-8")
    assert report(folder) == block


ENCODINGS: Sequence[tuple[bytes, str]] = [
    (
        FACT.encode("utf-16"),
        """\
facts.toml:1:1: the file was saved as UTF-16, not as UTF-8
      Save it again as UTF-8: Notepad asks for the encoding under Save as""",
    ),
    (
        FACT.replace("It floats", "Café afloat").encode("cp1252"),
        """\
facts.toml:5:12: this character isn't saved as UTF-8, perhaps as ANSI
    5 | text = "Café afloat."
      |            ^
      Save it again as UTF-8: Notepad asks for the encoding under Save as""",
    ),
    (
        b"PK\x03\x04\x14\x00\x06\x00",
        """\
facts.toml:1:1: this is a Word or Pages document, not a text file
      Save it as plain text, in UTF-8""",
    ),
]


@pytest.mark.parametrize(("data", "block"), ENCODINGS)
def test_a_file_saved_otherwise_is_told_how_to_be_saved(
    tmp_path: Path, data: bytes, block: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_bytes(data)
    assert report(folder) == block


def test_a_mark_that_notepad_puts_before_a_file_is_none(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text(FACT.replace("\n", "\r\n"), "utf-8-sig", newline="")
    assert report(folder) == ""


def test_an_empty_interview_is_one_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", interview={})
    expected = """\
interview.toml:1:1: nothing is filled in here
      Write at least title, outlet, [[people]] and [[exchanges]]; new-pack starts such a file"""
    assert report(folder) == expected


def test_a_broken_interview_hides_no_mistake_in_the_other_files(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "interview.toml").write_text("title = yes\n", "utf-8")
    (folder / "facts.toml").write_text(FACT.replace("number = 1", 'number = "4"'), "utf-8")
    write_lines(folder / "quotes.jsonl", [quote(7, mature="no")])
    column = json.dumps(quote(7, mature="no")).index('"no"') + 1
    places = [line.split(": ")[0] for line in report(folder).split("\n") if re.match(r"\S", line)]
    assert places == ["facts.toml:2:10", "interview.toml:1:9", f"quotes.jsonl:1:{column}"]


def test_what_rests_on_an_entry_that_cannot_be_read_is_no_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text(FACT.replace('."', ".”"), "utf-8")
    question = QUESTION.replace('"A tin"]', '"A tin", "A map"]\nabout = 1')
    (folder / "trivia.toml").write_text(question, "utf-8")
    (folder / "fr.toml").write_text('[fact.1]\ntext = "Il flotte."\n', "utf-8")
    assert [line[:12] for line in report(folder).split("\n") if "toml:" in line] == ["facts.toml:5"]


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("fact.toml", "facts.toml"),
        ("quote.toml", "quotes.toml"),
        ("Quotes.toml", "quotes.toml"),
        ("questions.toml", "trivia.toml"),
        ("facts.toml.txt", "facts.toml"),
        ("quotes.json", "quotes.jsonl"),
        ("facts.tml", "facts.toml"),
        ("facts", "facts.toml"),
        ("trivia.txt", "trivia.toml"),
        ("FACTS.TOML", "facts.toml"),
        ("facts (1).toml", "facts.toml"),
        ("facts - Copy.toml", "facts.toml"),
    ],
)
def test_a_file_under_another_name_is_proposed_its_own(
    tmp_path: Path, name: str, proposal: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "quotes.toml").unlink()
    (folder / name).write_text("", "utf-8")
    (hint,) = hints_at([folder])
    assert hint.sentence() == f"nothing reads this file; name it {proposal}"


def shown(text: str, part: str) -> Sequence[str]:
    """Give the line and what underlines it, for a part of a text."""
    start = text.index(part)
    mistake = Mistake(Path("a"), spot_in(text, start, start + len(part)), _("no"), _("yes"))
    stream = io.StringIO()
    show([mistake], [], stream)
    return [line[8:] for line in stream.getvalue().split("\n")[1:3]]


WIDTHS: Sequence[tuple[str, str, list[str]]] = [
    ('a = "日本語", yes', "yes", ['a = "日本語", yes', "              ^~~"]),
    ('a = "日本語"', '"日本語"', ['a = "日本語"', "    ^~~~~~~~"]),
    ("e\u0301e\u0301 = yes", "yes", ["e\u0301e\u0301 = yes", "     ^~~"]),
    ("\ta = yes", "yes", ["    a = yes", "        ^~~"]),
    ("\x1b[2J = yes", "yes", ["\\x1b[2J = yes", "          ^~~"]),
    ("\u202ea = yes", "yes", ["\\u202ea = yes", "          ^~~"]),
    ("שלום = yes", "yes", ["שלום = yes", "       ^~~"]),
]


@pytest.mark.parametrize(("text", "part", "lines"), WIDTHS)
def test_what_is_meant_is_underlined_in_any_script(
    text: str, part: str, lines: Sequence[str]
) -> None:
    assert shown(text, part) == lines


@pytest.mark.parametrize("letter", ["x", "日"])
def test_an_enormous_line_is_cut_around_what_is_meant(letter: str) -> None:
    line, marks = shown(letter * 5000 + "yes" + letter * 500_000, "yes")
    assert line.startswith(f"…{letter}")
    assert line.endswith("…")
    assert len(line) < 100
    before = line.split("yes")[0]
    columns = len(before) if letter == "x" else 2 * len(before) - 1
    assert marks == " " * columns + "^~~"


def test_what_goes_on_behind_the_cut_is_underlined_up_to_it() -> None:
    text = f'a = "{"x" * 4000}"'
    line, marks = shown(text, text[4:])
    assert len(line) == 92
    assert marks == "    ^" + "~" * 87


def test_no_sentence_has_a_word_of_jargon() -> None:
    blocks = [case[-1] for case in (*SYNTAX, *VALUES, *INTERVIEW, *LINES, *ENCODINGS)]
    assert len(blocks) > 60
    for block in blocks:
        place, *lines = block.split("\n")
        words = [place, *(line for line in lines if " | " not in line)]
        assert not JARGON.search(FILES.sub("", " ".join(words)).replace("the encoding", "")), block


def test_a_program_gets_the_same_as_a_list(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text(FACT.replace("number = 1", 'number = "4"'), "utf-8")
    (folder / "fact.toml").write_text("", "utf-8")
    rows = json_rows(list(check([folder])), list(hints_at([folder])))
    assert rows == [
        {
            "file": str(folder / "facts.toml"),
            "line": 2,
            "column": 10,
            "length": 3,
            "what": "number is in quotation marks",
            "remedy": "write 4, without them",
            "kind": "mistake",
        },
        {
            "file": str(folder / "fact.toml"),
            "line": 1,
            "column": 1,
            "length": 0,
            "what": "nothing reads this file",
            "remedy": "move what you need of it into facts.toml",
            "kind": "hint",
        },
    ]


def test_the_end_says_how_it_stands() -> None:
    one = Mistake(Path("a"), spot_in("x", 0, 1), _("no"), _("yes"))
    other = Mistake(Path("b"), spot_in("x", 0, 1), _("no"), _("yes"))
    assert say(summary([one, one, other], [], 1)) == "3 mistakes in 2 files."
    assert say(summary([one], [other], 1)) == "1 mistake in 1 file, and 1 hint."
    assert say(summary([], [], 1)) == "No mistakes: this interview is ready to play."
    assert say(summary([], [one, one], 3)) == (
        "No mistakes, and 2 hints: all 3 interviews are ready to play."
    )


@pytest.mark.parametrize("columns", ["1", "9", "20"])
def test_a_narrow_terminal_gets_each_mistake(
    columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack(tmp_path / "boat", facts=[fact(1)])
    (folder / "facts.toml").write_text("text = “Nobody knew it, nobody at all.”\n", "utf-8")
    monkeypatch.setenv("COLUMNS", columns)
    assert "facts.toml:1:8: curly quotation marks" in report(folder)
