"""Pictures are drawn beside everything else, once each, and kept within bounds."""

import asyncio
import subprocess
import sys

import pytest

from bot.errors import UserError
from bot.picture import Pictures
from tests.picture.posters import drawn_png, poster


async def test_the_same_picture_is_drawn_once() -> None:
    pictures = Pictures()
    pngs = await asyncio.gather(*(pictures.png(poster(1)) for _n in range(5)))
    assert len({id(png) for png in pngs}) == 1
    assert await pictures.png(poster(1)) is pngs[0]
    assert pngs[0].startswith(b"\x89PNG")
    await pictures.close()


async def test_who_gives_up_does_not_take_it_from_the_others() -> None:
    pictures = Pictures()
    first = asyncio.ensure_future(pictures.png(poster(1)))
    second = asyncio.ensure_future(pictures.png(poster(1)))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).startswith(b"\x89PNG")
    await pictures.close()


async def test_too_many_at_once_is_a_sentence() -> None:
    pictures = Pictures(queued=3)
    waiting = [asyncio.ensure_future(pictures.png(poster(n))) for n in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(UserError, match="Try again in a minute"):
        await pictures.png(poster(9))
    await asyncio.gather(*waiting)
    assert await pictures.png(poster(9)), "later there is room again"
    await pictures.close()


async def test_what_is_kept_is_bounded_in_bytes() -> None:
    size = len(await drawn_png(1))
    pictures = Pictures(cached_bytes=int(size * 3.5))
    first = [await pictures.png(poster(n)) for n in range(8)]
    assert sum(map(len, pictures._cache.values())) <= size * 3.5
    assert await pictures.png(poster(7)) is first[7]
    assert await pictures.png(poster(0)) is not first[0]
    await pictures.close()


async def test_the_loop_goes_on_while_pictures_are_drawn() -> None:
    pictures = Pictures()
    drawing = asyncio.gather(*(pictures.png(poster(n)) for n in range(20)))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 20, "the loop had turns between any two pictures"
    await pictures.close()


async def test_closing_gives_up_what_waits_and_ends_the_process() -> None:
    pictures = Pictures()
    waiting = [asyncio.ensure_future(pictures.png(poster(n))) for n in range(20)]
    await waiting[0]
    process = pictures._painter._process
    assert process is not None
    await pictures.close()
    assert process.returncode is not None
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(outcomes[-1], asyncio.CancelledError)


def test_a_start_does_not_pay_for_it() -> None:
    code = "import sys, bot.client; print({'PIL', 'pymupdf_fonts'} & set(sys.modules))"
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == "set()"
