"""Who is to be forgotten: the host hears what there is, and only then it is gone."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import time

import pytest

from bot.errors import UnavailableError
from bot.hosting import forget as forgetting
from bot.hosting.forget import MARKS, STORED, forget
from bot.hosting.restore import restore
from bot.interview.audience import SpoilerPolicy
from bot.state.copies.backups import write_backup
from bot.state.erasure import ROWS_OF_MEMBER
from bot.state.locks import hold_data_alone
from bot.state.members import Members
from bot.state.paths import state_path
from bot.state.saved_quotes import SavedQuotes
from bot.state.store import open_state
from bot.text import Text, say

MEMBER = 0x0123456789ABCDEF


@pytest.fixture
async def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    async with open_state(folder) as database:
        await Members(database).put_spoilers(MEMBER, SpoilerPolicy.HIDE)
        for number in (3, 4):
            await SavedQuotes(database, time).add(MEMBER, "boat", number)
    return folder


class Host:
    """Answers what it is asked, and notes the questions."""

    def __init__(self, *, agrees: bool) -> None:
        self.agrees = agrees
        self.questions: list[str] = []

    def __call__(self, question: Text) -> bool:
        self.questions.append(say(question))
        return self.agrees


def test_the_host_is_asked_and_told_what_there_is(data_dir: Path) -> None:
    no, yes = Host(agrees=False), Host(agrees=True)
    sentence, is_well = forget(data_dir, MEMBER, no)
    assert (say(sentence), is_well) == ("Nothing was changed.", False)
    (question,) = no.questions
    assert question.startswith(f"Stored about {MEMBER}: 2 saved quotes, their own choices. Delete")
    sentence, is_well = forget(data_dir, MEMBER, yes)
    assert (say(sentence), is_well) == (
        f"Everything about {MEMBER} is deleted: 2 saved quotes, their own choices. Backups drop it"
        " within 7 days; restoring one deletes it again.",
        True,
    )
    assert yes.questions == no.questions
    files = [path for path in data_dir.rglob("*") if path.is_file()]
    assert not any(MEMBER.to_bytes(8) in path.read_bytes() for path in files)


def test_each_table_that_knows_members_has_words_for_it() -> None:
    tables = [table for tables in STORED for table in tables]
    assert sorted((*tables, *MARKS)) == sorted(ROWS_OF_MEMBER)


@pytest.mark.parametrize("user_id", [4711, 0, -1, 2**63, 10**40])
def test_about_whom_nothing_is_stored_nobody_is_asked(data_dir: Path, user_id: int) -> None:
    host = Host(agrees=True)
    sentence, is_well = forget(data_dir, user_id, host)
    assert (say(sentence), is_well) == (f"Nothing is stored about {user_id}.", True)
    assert host.questions == []


def test_traces_that_others_read_are_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "_PATIENCE_SECONDS", 0.01)
    with closing(sqlite3.connect(state_path(data_dir), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM saved").fetchone()
        with pytest.raises(UnavailableError, match="traces of it are still in"):
            forget(data_dir, MEMBER, Host(agrees=True))


def test_a_member_is_not_forgotten_while_a_copy_is_put_in_place(
    data_dir: Path, tmp_path: Path
) -> None:
    with (
        hold_data_alone(data_dir),
        pytest.raises(UnavailableError, match="Another command is working"),
    ):
        forget(data_dir, MEMBER, Host(agrees=True))

    copy = tmp_path / "copy.zip"
    write_backup(data_dir, copy)

    def try_to_restore(_question: Text) -> bool:
        with pytest.raises(UnavailableError, match="Another command is working"):
            restore(copy, data_dir)
        return True

    forget(data_dir, MEMBER, try_to_restore)
    assert restore(copy, data_dir).forgotten == 1
    assert restore(copy, data_dir).forgotten == 1, "the copy has them as ever"
    sentence, _is_well = forget(data_dir, MEMBER, Host(agrees=True))
    assert say(sentence) == f"Nothing is stored about {MEMBER}."


def test_a_database_that_another_program_holds_is_a_sentence(data_dir: Path) -> None:
    with closing(sqlite3.connect(state_path(data_dir), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnavailableError):
            forget(data_dir, MEMBER, Host(agrees=True))
