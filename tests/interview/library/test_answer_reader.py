"""What was said is whole answers where a transcript was loaded, without what is not to be seen."""

from bot.interview.audience import EVERYONE, Audience, SpoilerPolicy, audience
from bot.interview.model import Answer
from tests.interview.conftest import OpenPack
from tests.packs import quote

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


async def test_what_was_said_is_whole_answers_where_a_transcript_was_loaded(
    open_pack: OpenPack,
) -> None:
    answers = [
        {"exchange": 2, "speaker": "ada-example", "sentences": ["Warm.", "Damn hot.", "Done."]},
        {"exchange": 2, "speaker": "ben-sample", "sentences": ["Heavy."]},
    ]
    library = await open_pack(answers=answers)
    assert await library.said_to("boat", 2, SEES_ALL) == [
        Answer("boat", 2, "ada-example", ("Warm.", "Damn hot.", "Done.")),
        Answer("boat", 2, "ben-sample", ("Heavy.",)),
    ]
    cut = await library.said_to("boat", 2, Audience())
    assert cut[0] == Answer("boat", 2, "ada-example", ("Warm.", "[…]", "Done."))


async def test_a_loaded_answer_is_as_much_of_a_spoiler_as_the_worst_quote_in_it(
    open_pack: OpenPack,
) -> None:
    answers = [{"exchange": 2, "speaker": "ada-example", "sentences": ["It", "sank."]}]
    library = await open_pack(quotes=[quote(1, spoiler="major")], answers=answers)
    assert await library.said_to("boat", 2, EVERYONE) == [
        Answer("boat", 2, "ada-example", ("[…]",))
    ]
