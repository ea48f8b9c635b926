"""A card that was shown lately is shown again to whom it would be made alike, to nobody else."""

from dataclasses import replace

import pytest

from bot.interview.model import Quote, Spoiler
from bot.ui import quote_buttons
from cogs.cast._buttons import page_of_people
from playground import LoopbackDiscord, Message, User
from tests.cogs.members import posted, use
from tests.ui.test_cards import INTERVIEW, READER

QUOTE = Quote("boat", 3, 1, "ada", "The oven came first.", ("boats", "bread"), Spoiler.MILD)


@pytest.mark.parametrize("locale", ["fr", "pt-BR"])
def test_the_same_is_kept_and_in_another_language_it_is_another(locale: str) -> None:
    card = page_of_people(INTERVIEW, READER, 0)
    assert page_of_people(INTERVIEW, replace(READER), 0) is card
    other = page_of_people(INTERVIEW, replace(READER, locale=locale), 0)
    assert other.to_components() != card.to_components()
    assert page_of_people(INTERVIEW, READER, 0).to_components() == card.to_components()


def test_whatever_a_quote_is_shown_with_makes_another_card() -> None:
    strict = replace(READER, audience=replace(READER.audience, plain=Spoiler.NONE))
    ways = [
        (QUOTE, INTERVIEW, READER, "", ("", ""), False),
        (replace(QUOTE, text="The boat came later."), INTERVIEW, READER, "", ("", ""), False),
        (QUOTE, replace(INTERVIEW, outlet="The Other Post"), READER, "", ("", ""), False),
        (QUOTE, INTERVIEW, replace(READER, locale="fr"), "", ("", ""), False),
        (QUOTE, INTERVIEW, strict, "", ("", ""), False),
        (QUOTE, INTERVIEW, READER, "bread", ("", ""), False),
        (QUOTE, INTERVIEW, READER, "", ("ada", "boats"), False),
        (QUOTE, INTERVIEW, READER, "", ("", ""), True),
    ]
    for _twice in range(2):
        cards = [str(quote_buttons._kept_card(*way).to_components()) for way in ways]
        assert len(set(cards)) == len(ways)
    assert quote_buttons._kept_card(*ways[0]) is quote_buttons._kept_card(*ways[0])


async def shown(discord: LoopbackDiscord, user: User) -> Message:
    message = (await use(discord, user, "quote", find="3")).message
    assert message is not None
    return message


@pytest.mark.usefixtures("bot")
async def test_each_member_sees_their_own_card_of_a_quote(discord: LoopbackDiscord) -> None:
    mika, robin, members = discord.world.mika, discord.world.robin, discord.members
    plain = await shown(discord, mika)
    before, labels = plain.text, plain.labels
    assert labels == ["Another", "Context", "Picture", "Save"]
    await members.press(mika, plain, "Save")
    assert (await shown(discord, mika)).labels == ["Another", "Context", "Picture", "Saved"]
    assert (await shown(discord, robin)).labels == labels
    assert "Save" in (await posted(discord, mika, "quote", find="3")).labels, "others see it too"
    robin.locale = "fr"
    french = await shown(discord, robin)
    assert french.text != before
    assert french.labels != labels
    robin.locale = mika.locale
    assert (await shown(discord, robin)).text == (await shown(discord, mika)).text == before
    await members.press(mika, await shown(discord, mika), "Saved")
    assert (await shown(discord, mika)).labels == labels
