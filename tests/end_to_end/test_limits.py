"""Whatever a pack holds that `check` takes: each card, button and suggestion fits into Discord."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.daily.due import WEEK_SECONDS, week_before
from bot.interview.pack.pack import read_pack
from bot.letters import units
from bot.state.periods import Period
from bot.state.schedules import MAX_A_GUILD, PostKind, StopReason
from bot.ui.picture_card import MAX_ALT
from cogs.settings._settings import SETTINGS
from playground import LoopbackDiscord
from tests.cogs.members import enabled
from tests.end_to_end.limit_stage import (
    LimitStage,
    assert_answered,
    assert_fits,
    limit_stage,
    parts,
)
from tests.end_to_end.tables import Table, new_channel
from tests.limit_packs import SCRIPTS, refused_commands, slug_of, words

COMMANDS: list[tuple[str, dict[str, object]]] = [
    ("quote", {}),
    ("quote", {"find": "Q1"}),
    ("fact", {}),
    ("cast", {}),
    ("cast", {"person": "person-00000000000000001"}),
    ("interview", {}),
    ("interview", {"question": 1}),
    ("interview", {"question": 2}),
    ("today", {}),
    *[
        ("trivia", {"kind": kind})
        for kind in ("curated", "who", "line", "compare", "true-or-false")
    ],
]
COMPLETED = [
    *[("quote", option) for option in ("find", "speaker", "topic", "interview")],
    *[("interview", "question"), ("cast", "person"), ("fact", "topic")],
    *[("schedule", "interview"), ("schedule", "zone")],
]
# The week in trivia comes on another day, and only where somebody played.
DAILY_KINDS = [kind for kind in PostKind if kind is not PostKind.SEASON]
LONGEST_ZONE = "America/Argentina/ComodRivadavia"
# What has no neighbour among the others that is counted or cut otherwise.
FEW_SCRIPTS = ("latin", "marks", "arabic", "emoji", "zalgo", "adlam")
EVERY_SCRIPT = pytest.mark.parametrize(
    "script",
    [
        pytest.param(script, marks=() if script in FEW_SCRIPTS else pytest.mark.thorough)
        for script in SCRIPTS
    ],
)


@pytest.fixture(scope="module")
async def stage(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory, is_thorough: bool
) -> AsyncIterator[LimitStage]:
    scripts = SCRIPTS if is_thorough else FEW_SCRIPTS
    async with limit_stage(discord, tmp_path_factory.mktemp("limits"), scripts) as stage:
        yield stage


@EVERY_SCRIPT
@pytest.mark.parametrize("crowd", ["few", "crowd"])
async def test_a_pack_at_its_limits_is_one_that_check_takes(
    stage: LimitStage, script: str, crowd: str
) -> None:
    folder: Path = stage.bot.packs_dir / slug_of(crowd, script)
    assert read_pack(folder) is not None


@EVERY_SCRIPT
@pytest.mark.parametrize(("crowd", "who"), [("few", "noor"), ("crowd", "mika")])
async def test_each_card_fits_and_so_does_what_its_buttons_lead_to(
    stage: LimitStage, script: str, who: str, crowd: str
) -> None:
    user, place = getattr(stage.world, who), new_channel(stage.discord)
    for command, options in COMMANDS:
        chosen = {"interview": slug_of(crowd, script)}
        message = await stage.use(user, place, command, **options, **chosen)
        await stage.press_all(user, message)
        if "Save" in message.labels:
            menu = stage.members.use_message_menu(user, "Save quote", message)
            assert_answered(await menu)
    for command in ("help", "saved"):
        await stage.press_all(user, await stage.use(user, place, command))


@EVERY_SCRIPT
async def test_a_draw_under_a_filter_too_long_for_a_button_has_none(
    stage: LimitStage, script: str
) -> None:
    mika, place = stage.world.mika, new_channel(stage.discord)
    slug, key, topic = slug_of("crowd", script), "person-00000000000000003", words(script, "t1", 24)
    options = {"interview": slug, "speaker": key, "topic": topic}
    message = await stage.use(mika, place, "quote", **options)
    is_short = units(f"quote:another:{slug}:{key}:{topic}") <= 100
    assert message.labels == [*(["Another"] if is_short else []), "Context", "Picture", "Save"]
    await stage.press_all(mika, message)


@EVERY_SCRIPT
async def test_each_refusal_fits_and_so_does_what_it_offers(stage: LimitStage, script: str) -> None:
    noor, place = stage.world.noor, new_channel(stage.discord)
    chosen = {"interview": slug_of("crowd", script)}
    for command, options in refused_commands(script):
        message = await stage.use(noor, place, command, **options, **chosen)
        assert message.text, command
        await stage.press_all(noor, message)
    for name in (words(script, "?", 6000), "crowd", "few-", script, words(script, "title", 40)):
        await stage.use(noor, place, "today", interview=name)
    # The zones that were offered have begun daily posts.
    stage.change("DELETE FROM schedule")


@EVERY_SCRIPT
async def test_each_suggestion_fits(stage: LimitStage, script: str) -> None:
    noor, place = stage.world.noor, new_channel(stage.discord)
    chosen = {"interview": slug_of("crowd", script)}
    for command, option in COMPLETED:
        others = {} if option == "interview" else chosen
        for typed in ("", words(script, "", 20), words(script, "", 6000)):
            offered = await stage.members.autocomplete(noor, place, command, option, typed, others)
            assert offered.status == "choices"
            assert len(offered.choices) <= 25
            for choice in offered.choices:
                assert 0 < units(choice["name"]) <= 100
                assert units(str(choice["value"])) <= 100


@EVERY_SCRIPT
async def test_every_answer_to_a_question_can_be_reached(stage: LimitStage, script: str) -> None:
    robin, place = stage.world.robin, new_channel(stage.discord)
    slug = slug_of("crowd", script)
    first = await stage.use(robin, place, "interview", interview=slug, question=1)
    turned = await stage.press(robin, first, "More answers")
    assert turned.is_ephemeral
    text = first.text + turned.text
    while "Next answers" in enabled(turned):
        turned = await stage.press(robin, turned, "Next answers")
        text += turned.text
    assert all(f"Q{number} " in text for number in range(1, 121))


@EVERY_SCRIPT
async def test_a_picture_fits_with_its_description(stage: LimitStage, script: str) -> None:
    robin, place = stage.world.robin, new_channel(stage.discord)
    options = {"interview": slug_of("crowd", script), "find": "#1"}
    shown = await stage.use(robin, place, "quote", **options)
    message = await stage.press(robin, shown, "Context")
    for label in ("Picture", "Post here"):
        outcome = await stage.members.press(robin, message, label)
        is_posted = label == "Post here"
        drawn = await (outcome.follow_up() if is_posted else outcome.settled())
        if script == "adlam":
            assert "My fonts can't write" in drawn.text
            return
        is_drawn = stage.discord.platform.events.until(lambda drawn=drawn: drawn.attachments, 60)
        assert await is_drawn
        message = drawn
        assert_fits(message.payload)
        (picture,) = [item for one in parts(message, "items") for item in one["items"]]
        assert 0 < units(picture["description"]) <= MAX_ALT
        assert message.attachments[0]["filename"] == "quote.png"
        assert message.is_ephemeral is (label == "Picture")


@EVERY_SCRIPT
async def test_each_step_of_a_game_and_the_boards_fit_with_forty_players(
    stage: LimitStage, script: str
) -> None:
    table, noor = Table(stage.discord, new_channel(stage.discord)), stage.world.noor
    players = stage.join(script, 40)
    slug = slug_of("few", script)
    await table.start(noor, rounds=2, kind="curated", calm=True, interview=slug)
    shown = await table.round(1)
    assert_fits(shown.payload)
    right = next(n for n, label in enumerate(shown.labels) if re.match(r"[A-D]  Z", label))
    assert_answered(await table.answer(players[0], shown, (right + 1) % 4))
    for player in players[1:]:
        assert_answered(await table.answer(player, shown, right))
    for _n in range(2):
        await table.answer(players[0], shown, right)
        assert_fits((await table.told(players[0], "Z")).payload)
    await table.press(noor, shown, "Show answer")
    assert "and 30 more" in await table.revealed(shown)
    for player in players:
        assert_fits((await table.told(player, "**Right, +")).payload)
    board = await table.stop(noor)
    assert "and 30 more" in board.text
    stage.posts(table.channel)
    for user in (players[0], noor):
        listed = await stage.use(user, table.channel, "leaderboard")
        await stage.press_all(user, listed)
    page = await stage.use(noor, table.channel, "leaderboard", member=players[0])
    assert page.labels == ["For moderators"]
    moderated = await stage.press(noor, page, "For moderators")
    for _n in range(2):
        moderated = await stage.press(noor, moderated, moderated.labels[0])


def seconds_until(hour: int, zone: str) -> float:
    """Count the seconds until it is so late tomorrow."""
    now = datetime.now(ZoneInfo(zone))
    then = now.replace(hour=hour, minute=0, second=0) + timedelta(days=1)
    return (then - now).total_seconds()


async def test_daily_posts_fit_and_so_does_their_list(stage: LimitStage, is_thorough: bool) -> None:
    noor, place = stage.world.noor, new_channel(stage.discord)
    scripts = list(SCRIPTS if is_thorough else FEW_SCRIPTS)
    morning = seconds_until(10, LONGEST_ZONE)
    stage.set_clock(morning)
    for n in range(MAX_A_GUILD):
        await stage.use(
            noor,
            place,
            "schedule",
            time="12:00",
            zone=LONGEST_ZONE,
            what=DAILY_KINDS[n % len(DAILY_KINDS)].value,
            interview=slug_of("few", scripts[(n + n // 5) % len(scripts)]),
        )
    assert_answered(await stage.members.use_command(noor, place, "schedule", {"time": "9"}))
    stage.set_clock(morning + 2.1 * 3600)
    arrived = stage.discord.platform.events.until(
        lambda: len(stage.posts(place)) == MAX_A_GUILD, 60
    )
    assert await arrived
    mika = stage.world.mika
    for message in stage.posts(place):
        await stage.press_all(mika, message)
    for reason in ("", *StopReason):
        stage.change("UPDATE schedule SET skipped_at = due_at, stopped = ?", reason)
        listed = await stage.use(noor, place, "schedule")
        assert len(listed.labels) == MAX_A_GUILD
    while "None yet" not in listed.text and "Aucun" not in listed.text:
        listed = await stage.press(noor, listed, listed.custom_ids[0])
    stage.set_clock(0)


@EVERY_SCRIPT
async def test_a_week_that_forty_have_won_fits(stage: LimitStage, script: str) -> None:
    noor, place, slug = stage.world.noor, new_channel(stage.discord), slug_of("few", script)
    now = datetime.now(UTC).timestamp()
    monday = week_before(now) + 3 * WEEK_SECONDS
    stage.set_clock(monday - 5 * 24 * 3600 - now)
    options = {"time": "12:00", "zone": "UTC", "what": "season", "interview": slug}
    await stage.use(noor, place, "schedule", **options)
    shown = await stage.use(noor, place, "trivia", kind="curated", interview=slug)
    players = stage.join(script, 40)
    for player in players[:3]:
        await stage.press(player, shown, shown.custom_ids[0])
    stage.change("UPDATE answer SET is_right = 0")
    stage.let_win(players, Period.WEEK.key(monday - 1))
    stage.set_clock(monday + 12.1 * 3600 - now)
    assert await stage.discord.platform.events.until(lambda: len(stage.posts(place)) == 1, 60)
    (post,) = stage.posts(place)
    assert f"<@{players[0].id}>" in post.text
    await stage.press_all(stage.world.mika, post)
    # The next script has the same week.
    for table in ("schedule", "score", "answer"):
        stage.change(f"DELETE FROM {table}")
    stage.set_clock(0)


async def test_each_setting_fits(stage: LimitStage) -> None:
    noor, place = stage.world.noor, new_channel(stage.discord)
    slug = slug_of("few", "latin")
    for number in range(1, 31):
        quote = await stage.use(noor, place, "quote", find=f"#{number}", interview=slug)
        context = await stage.press(noor, quote, f"quote:context:{slug}:{number}")
        await stage.press(noor, context, f"quote:omit:{slug}:{number}")
    for name in SETTINGS:
        panel = await stage.use(noor, place, "settings")
        await stage.press_all(noor, await stage.press(noor, panel, f"settings:change:{name}"))
    panel = await stage.use(noor, place, "settings")
    places = await stage.press(noor, panel, "settings:change:public_channels")
    (select,) = [one["custom_id"] for one in parts(places, "channel_types")]
    channels = [new_channel(stage.discord) for _n in range(25)]
    assert_answered(await stage.members.select(noor, places, select, channels))
    panel = await stage.use(noor, place, "settings")
    places = await stage.press(noor, panel, "settings:change:public_channels")
    (everywhere,) = [one for one in places.custom_ids if "places:everywhere" in one]
    await stage.press(noor, places, everywhere)


async def test_what_is_stored_about_a_member_fits(stage: LimitStage) -> None:
    robin, place = stage.world.robin, new_channel(stage.discord)
    shown = await stage.use(robin, place, "privacy")
    await stage.press_all(robin, shown)
    asked = await stage.press(robin, shown, "Delete everything")
    kept = await stage.press(robin, asked, "Keep everything")
    assert kept.text == shown.text
