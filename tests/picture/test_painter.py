"""The process that draws ends when it should, and the next picture is right."""

import contextlib
import dataclasses
import signal
import subprocess
import sys
import time

import pytest

from bot.errors import UserError
from bot.picture.painter import Painter
from tests.picture.posters import drawn_png, poster


async def test_the_process_ends_when_nobody_wants_a_picture_and_starts_again() -> None:
    painter = Painter(idle_seconds=0)
    first = await painter.draw(poster(1))
    process = painter._process
    assert process is not None
    await process.wait()
    assert await painter.draw(poster(1)) == first
    await painter.close()


async def test_a_picture_after_the_process_was_killed() -> None:
    painter = Painter()
    first = await painter.draw(poster(1))
    assert painter._process is not None
    painter._process.kill()
    with contextlib.suppress(RuntimeError):
        # It may notice only now.
        await painter.draw(poster(2))
    assert await painter.draw(poster(1)) == first
    await painter.close()


async def test_a_picture_that_takes_too_long_is_a_sentence_and_the_next_one_is_right() -> None:
    painter = Painter(limit_seconds=0.001)
    with pytest.raises(UserError, match="is taking too long"):
        await painter.draw(poster(1))
    painter._limit_seconds = 60
    assert await painter.draw(poster(2)) == await drawn_png(2)
    await painter.close()


async def test_what_no_font_has_is_a_sentence_and_the_next_one_is_right() -> None:
    painter = Painter()
    with pytest.raises(UserError, match="My fonts can't write \U00013000"):
        await painter.draw(dataclasses.replace(poster(1), text="\U00013000"))
    assert (await painter.draw(poster(1))).startswith(b"\x89PNG")
    await painter.close()


async def test_what_cannot_be_drawn_says_why_and_leaves_the_next_one_alone() -> None:
    painter = Painter()
    with pytest.raises(RuntimeError, match="Traceback"):
        await painter.draw(dataclasses.replace(poster(1), text=7))
    assert (await painter.draw(poster(1))).startswith(b"\x89PNG")
    await painter.close()


@pytest.mark.skipif(sys.platform == "win32", reason="cannot be avoided: it has no ps")
def test_the_process_does_not_outlive_a_bot_that_is_killed() -> None:
    code = (
        "import asyncio, os, signal\n"
        "from bot.picture.painter import Painter\n"
        "from bot.picture import Poster\n"
        "async def main():\n"
        "    painter = Painter()\n"
        "    await painter.draw(Poster('Loaf.', 'Ada', '', '', '', ''))\n"
        "    print(painter._process.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert process.returncode == -signal.SIGKILL
    pid = int(process.stdout)
    for _n in range(3000):
        if not subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True).stdout:
            return
        time.sleep(0.02)
    pytest.fail("it is still there")
