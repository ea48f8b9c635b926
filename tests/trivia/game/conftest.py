"""Venues in which games are played."""

from collections.abc import AsyncIterator

import pytest

from tests.trivia.conftest import Room
from tests.trivia.game.venue import Venue


@pytest.fixture
async def hasty(room: Room) -> AsyncIterator[Venue]:
    """Give a venue in which a phase lasts a twentieth of a second."""
    venue = Venue(room, 0.05)
    yield venue
    await venue.loop.close()


@pytest.fixture
async def patient(room: Room) -> AsyncIterator[Venue]:
    """Give a venue in which phases end only when somebody ends them."""
    venue = Venue(room, 60)
    yield venue
    await venue.loop.close()
