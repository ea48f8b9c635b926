"""The library gives what may be shown, by number and by exchange."""

import pytest

from bot.errors import UserError
from bot.interview.audience import EVERYONE, Audience, SpoilerPolicy, audience
from bot.interview.model import ItemKind, Quote
from tests.interview.conftest import OpenPack
from tests.packs import fact, question, quote

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


async def test_an_item_is_given_by_its_number_only_to_who_may_see_it(
    open_pack: OpenPack,
) -> None:
    library = await open_pack(quotes=[quote(7, mature=True)], facts=[fact(3, spoiler="major")])
    assert (await library.quote("boat", 7, SEES_ALL)).number == 7
    assert (await library.fact("boat", 3, SEES_ALL)).who == "Who has 3 sourdough starters?"
    with pytest.raises(UserError, match="I have no quote 7 to show here"):
        await library.quote("boat", 7, Audience())
    with pytest.raises(UserError, match="I have no fact 3 to show here"):
        await library.fact("boat", 3, EVERYONE)
    with pytest.raises(UserError, match="I have no quote 8 to show here"):
        await library.quote("boat", 8, SEES_ALL)


async def test_who_may_see_an_item_is_known_by_its_number(open_pack: OpenPack) -> None:
    library = await open_pack(
        quotes=[quote(7, mature=True)],
        facts=[fact(3, spoiler="major")],
        questions=[question(4, spoiler="major")],
    )
    for kind, number in ((ItemKind.QUOTE, 7), (ItemKind.FACT, 3), (ItemKind.QUESTION, 4)):
        assert await library.may_show(kind, "boat", number, SEES_ALL)
        assert not await library.may_show(kind, "boat", number, EVERYONE)
        assert not await library.may_show(kind, "boat", number + 1, SEES_ALL)
        assert not await library.may_show(kind, "gone", number, SEES_ALL)


async def test_a_withdrawn_number_says_so(open_pack: OpenPack) -> None:
    rows = [quote(1, spoiler="none"), quote(2, withdrawn=True)]
    library = await open_pack(quotes=rows, facts=[fact(7, withdrawn=True)])
    with pytest.raises(UserError, match=r"Quote 2 was withdrawn\."):
        await library.quote("boat", 2, SEES_ALL)
    with pytest.raises(UserError, match=r"Fact 7 was withdrawn\."):
        await library.fact("boat", 7, SEES_ALL)
    with pytest.raises(UserError, match="I have no quote 3 to show here"):
        await library.quote("boat", 3, SEES_ALL)


async def test_what_was_said_is_quotes_where_no_transcript_was_loaded(
    open_pack: OpenPack,
) -> None:
    library = await open_pack(quotes=[quote(1), quote(3, mature=True), quote(5)])
    passages = await library.said_to("boat", 2, Audience())
    assert [passage.number for passage in passages if isinstance(passage, Quote)] == [1, 5]
