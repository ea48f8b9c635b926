"""What a person decides about a voice is what the file is read as then."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.editing.voice_decisions import VoiceDecisions, voices_in
from bot.errors import OperatorError
from bot.interview.transcript import Decisions, Transcript
from tests.editing.talks import Talk


class Editor:
    """Decides one thing after the other, as the page does."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.decisions = Decisions()

    @property
    def transcript(self) -> Transcript:
        return self.talk.load().parse(self.decisions)

    @property
    def voices(self) -> dict[str, list[str]]:
        return {voice.name: voice.labels for voice in voices_in(self.transcript)}

    @property
    def askers(self) -> list[str]:
        return [voice.name for voice in voices_in(self.transcript) if voice.asks]

    def decide(self, decide: Callable[[VoiceDecisions], Decisions]) -> None:
        self.decisions = decide(VoiceDecisions(self.decisions, voices_in(self.transcript)))


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(Talk(tmp_path))


def test_a_voice_has_its_labels_turns_and_first_words(editor: Editor) -> None:
    voices = {voice.name: voice for voice in voices_in(editor.transcript)}
    sample = voices["Bo Sample"]
    assert (sample.labels, sample.turns, sample.asks) == (["BO SAMPLE", "BO"], 2, False)
    assert sample.first == "In eleven pieces, and each of them had a name of its own."
    assert voices["Ada"].asks


def test_a_voice_is_renamed_with_all_its_labels(editor: Editor) -> None:
    editor.decide(lambda voices: voices.rename(["BO"], "Robert Sample"))
    assert editor.voices["Robert Sample"] == ["BO SAMPLE", "BO"]
    assert "Bo Sample" not in editor.voices


def test_two_voices_are_joined_under_the_name_of_one(editor: Editor) -> None:
    editor.decide(lambda voices: voices.join(["CLEO"], ["BO"]))
    assert editor.voices["Bo Sample"] == ["BO SAMPLE", "CLEO", "BO"]
    editor.decide(lambda voices: voices.rename(["CLEO"], "Both"))
    assert editor.voices["Both"] == ["BO SAMPLE", "CLEO", "BO"]


@pytest.mark.parametrize(("label", "rest"), [("BO", "BO SAMPLE"), ("BO SAMPLE", "BO")])
def test_a_label_is_put_on_its_own_and_the_rest_stays(
    editor: Editor, label: str, rest: str
) -> None:
    editor.decide(lambda voices: voices.split(label))
    assert [label] in editor.voices.values()
    assert [rest] in editor.voices.values()
    assert len(editor.voices) == 5


def test_joined_voices_can_be_split_again(editor: Editor) -> None:
    editor.decide(lambda voices: voices.join(["CLEO"], ["BO"]))
    editor.decide(lambda voices: voices.split("CLEO"))
    assert editor.voices["Bo Sample"] == ["BO SAMPLE", "BO"]
    assert ["CLEO"] in editor.voices.values()


def test_somebody_is_made_the_asker_beside_who_asks_or_no_longer(editor: Editor) -> None:
    editor.decide(lambda voices: voices.ask(["CLEO"], does=True))
    assert editor.askers == ["Ada", "Cleo"]
    editor.decide(lambda voices: voices.ask(["ADA"], does=False))
    assert editor.askers == ["Cleo"]
    with pytest.raises(OperatorError, match="nobody would be asking"):
        editor.decide(lambda voices: voices.ask(["CLEO"], does=False))


def test_an_asker_who_was_renamed_still_asks(editor: Editor) -> None:
    editor.decide(lambda voices: voices.ask(["CLEO"], does=True))
    editor.decide(lambda voices: voices.rename(["CLEO"], "Cleo Probe"))
    assert editor.askers == ["Ada", "Cleo Probe"]


def test_nobodys_words_are_left_out_and_brought_back(editor: Editor) -> None:
    editor.decide(lambda voices: voices.silence(["THE BAND"]))
    assert "The Band" not in editor.voices
    assert "The Band" not in editor.transcript.people
    editor.decide(lambda voices: voices.bring_back("THE BAND"))
    assert editor.voices["The Band"] == ["THE BAND"]


def test_what_was_decided_but_not_read_yet_counts(editor: Editor) -> None:
    voices = voices_in(editor.transcript)
    renamed = VoiceDecisions(Decisions(), voices).rename(["BO"], "Robert")
    joined = VoiceDecisions(renamed, voices).join(["CLEO"], ["BO"])
    editor.decisions = joined
    assert editor.voices["Robert"] == ["BO SAMPLE", "CLEO", "BO"]


def test_a_voice_that_is_not_there_is_a_sentence(editor: Editor) -> None:
    with pytest.raises(OperatorError, match="voice is gone"):
        editor.decide(lambda voices: voices.rename(["DORA"], "Dora"))
