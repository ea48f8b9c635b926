"""What a member has set is theirs, wherever they are met."""

from bot.interview.audience import SpoilerPolicy
from bot.state.database import Database
from bot.state.members import Members


async def test_a_member_chooses_and_goes_back(database: Database) -> None:
    members = Members(database)
    assert await members.spoilers(7) is None
    await members.put_spoilers(7, SpoilerPolicy.OMIT)
    assert await members.spoilers(7) is SpoilerPolicy.OMIT
    assert await Members(database).spoilers(7) is SpoilerPolicy.OMIT
    await members.put_spoilers(7, None)
    assert await members.spoilers(7) is None
