"""The words of the quotes: counted, completed, and guessed at where one was mistyped."""

from bot.interview.library.vocabulary import Vocabulary
from tests.interview.conftest import OpenPack
from tests.packs import quote

QUOTES = [
    quote(1, text="The oven was cold, and the ovens of the others were cold as well."),
    quote(2, text="We lit the oven before the morning came over the harbour."),
    quote(3, text="Nobody had told us about the harbour, or about the morning there."),
]


async def vocabulary_of(open_pack: OpenPack) -> Vocabulary:
    return (await open_pack(quotes=QUOTES))._search._vocabulary


async def test_the_last_word_may_be_the_start_of_one(open_pack: OpenPack) -> None:
    vocabulary = await vocabulary_of(open_pack)
    words = await vocabulary.groups_of(["oven", "harb"])
    assert words["oven"].any_of == ("oven",)
    assert words["harb"].any_of == ("harbour",)
    assert (words["oven"].quotes, words["harb"].quotes) == (2, 2)
    assert list(await vocabulary.groups_of(["harb", "oven"])) == ["oven"]


async def test_words_that_occur_nowhere_are_told_from_those_that_do(open_pack: OpenPack) -> None:
    vocabulary = await vocabulary_of(open_pack)
    assert list(await vocabulary.groups_of(["oven", "zeppelin"])) == ["oven"]
    assert await vocabulary.first_unknown(["oven", "zeppelin", "airship"]) == "zeppelin"
    assert await vocabulary.first_unknown(["oven", "cold"]) is None


async def test_a_mistyped_word_is_near_what_was_meant(open_pack: OpenPack) -> None:
    vocabulary = await vocabulary_of(open_pack)
    assert (await vocabulary.nearest("harbor"))[0] == "harbour"
    assert await vocabulary.nearest("zzzz") == []
