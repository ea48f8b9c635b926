"""The rules keep the same sums, and forget the same, in both engines."""

from collections.abc import Sequence
from random import Random

import pytest

from bot.state.erasure import GUILD_TABLES, MEMBER_COLUMNS
from tests.state.postgresql import talk
from tests.state.postgresql.talk import DAY, NOW
from tests.state.postgresql.twins import Twins


async def test_answers_are_added_up_alike(twins: Twins) -> None:
    rng = Random(1)
    for number in range(1, 13):
        day = DAY - number // 4 if number % 4 == 0 else None
        await twins.run(talk.question(number, f"curated:{number % 5}", day=day))
    for _n in range(300):
        at = NOW - 86_400 * rng.randrange(4)
        place = rng.choice((0, 77, 78))
        pressed = rng.randint(1, 12), rng.randint(1, 4), rng.choice((0, 1, 1))
        await twins.run(talk.answer(*pressed, guild=place, at=at))
    rows = await twins.rows()
    assert {
        "answer",
        "player",
        "mastery",
        "streak",
        "score",
        "kind_score",
        "counted",
        "item_sum",
    } <= {*rows}
    assert len(rows["answer"]) == 48


async def test_days_in_a_row_are_counted_alike(twins: Twins) -> None:
    for number, day in enumerate((DAY, DAY + 1, DAY + 2, DAY + 4), 1):
        await twins.run(talk.question(number, "curated:1", day=day))
        await twins.run(talk.answer(number, 7, 0, at=day * 86_400))
    assert (await twins.rows())["streak"] == [[7, "boat", DAY + 4, 1, 3]]


@pytest.mark.parametrize("players", [1, 3])
async def test_games_are_added_up_alike_when_they_are_over(twins: Twins, players: int) -> None:
    rng = Random(players)
    # Twice about the same, once about nothing, and once about what was answered before.
    for number, item in enumerate(("curated:1", "curated:2", "curated:1", "", "curated:4"), 1):
        await twins.run(talk.question(number, item))
    await twins.run(talk.question(9, "curated:4"), talk.answer(9, 1, 1))
    await twins.run(talk.game(3, 1), talk.join(3, 2), talk.join(3, 1))
    for number in range(1, 6):
        await twins.run(talk.ask(3, number))
        for _n in range(6):
            await twins.run(talk.choose(3, rng.randint(1, players), rng.randrange(3)))
        await twins.run(talk.reveal(3))
    assert "score" in await twins.rows()
    await twins.run(talk.finish(3), talk.finish(3))
    rows = await twins.rows()
    assert len(rows["game_round"]) == 6
    assert rows["game_player"] == [[3, 1], [3, 2]]
    # What is about nothing is no item.
    assert {item for _month, _slug, item, *_counts in rows["item_sum"]} == {
        "curated:1",
        "curated:2",
        "curated:4",
    }


async def test_channels_keep_as_much_in_both(twins: Twins) -> None:
    await twins.run(talk.question(1, "a"), talk.game(1, 1), talk.question(2, "b"))
    many = "WITH RECURSIVE number (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM number WHERE n < {})"
    await twins.run(
        f"""
        INSERT INTO question (id, channel_id, asked_at, document, choice_count, right_choice, slug,
            kind, item, statement, worth, step, max_bonus)
        {many.format(2_010)} SELECT n, 5, 0, '', 4, 1, '', '', '', '', 0, 0, 0 FROM number
        """,
        f"""
        INSERT INTO game (id, channel_id, guild_id, starter_id, slug, setup, phase, round,
            question_id)
        {many.format(210)} SELECT n, 6, 77, 1, '', '', 'board', 1, 0 FROM number
        """,
        f"""
        INSERT INTO duel (id, channel_id, guild_id, slug, asked_at, due_at)
        {many.format(210)} SELECT n, 6, 77, '', 0, 0 FROM number
        """,
        f"UPDATE game SET phase = 'done', week = '{talk.WEEK}' WHERE channel_id = 6",
        "UPDATE duel SET phase = 'over' WHERE channel_id = 6",
    )
    rows = await twins.rows()
    # The question of a game that goes on is one more.
    assert (len(rows["question"]), len(rows["game"]), len(rows["duel"])) == (2_001, 201, 200)


async def test_who_hides_leaves_their_duels_in_both(twins: Twins) -> None:
    for number, opponent in enumerate((2, 3, 4), 11):
        await twins.run(talk.duel(number), talk.pair(number, 1, opponent))
    await twins.run(talk.question(1, "a", channel=-11), talk.question(2, "b", channel=-12))
    await twins.run(talk.answer(1, 1, 1), talk.answer(1, 2, 0), talk.answer(2, 1, 1))
    await twins.run("INSERT INTO off_board (guild_id, user_id) VALUES (78, 2), (77, 3), (0, 4)")
    rows = await twins.rows()
    assert len(rows["duel_player"]) == 6
    await twins.run("DELETE FROM duel WHERE id = 11")
    rows = await twins.rows()
    assert len(rows["question"]) == len(rows["answer"]) == 1


async def test_what_is_counted_for_a_while_goes_in_both(twins: Twins) -> None:
    await twins.run(
        "INSERT INTO posting (channel_id, what, posted_at) VALUES (5, 'a', 100.5), (6, 'b', 700)",
        "INSERT INTO posting (channel_id, what, posted_at) VALUES (5, 'c', 1100.75)",
        "INSERT INTO session_turn (bucket, begun_at) VALUES (0, 10.5), (1, 20)",
    )
    for begun_at in (30.0, 86_420.25, 86_430.5):
        await twins.run(
            f"""
            INSERT INTO session_turn (bucket, begun_at) VALUES (0, {begun_at})
            ON CONFLICT (bucket) DO UPDATE SET begun_at = excluded.begun_at
            WHERE session_turn.begun_at <= excluded.begun_at - 5
            """
        )
    for number, seen_at in enumerate((0.5, 86_400, 172_700)):
        await twins.run(
            f"""
            INSERT INTO process (id, host, pid, version, shard_ids, content, started_at, seen_at)
            VALUES ('{number}', 'here', 7, '1.0.0', '[]', '', 0, {seen_at})
            """
        )
    rows = await twins.rows()
    assert rows["session_begun"] == [[86_420.25], [86_430.5]]
    assert (len(rows["posting"]), len(rows["process"])) == (2, 2)


async def test_members_and_servers_are_forgotten_alike(twins: Twins) -> None:
    for member in (1_001, 1_002):
        await _use(twins, member)
    rows = await twins.rows()
    assert all(_names(rows[table], 1_001) for table in MEMBER_COLUMNS)
    await twins.run(talk.forget_member(1_001))
    assert not any(_names(cells, 1_001) for cells in (await twins.rows()).values())
    await twins.run(
        "INSERT INTO left_guild (guild_id, left_at, channels) VALUES (77, 0, '[5, 6]')",
        "INSERT INTO off_board_mark (guild_id, mark) VALUES (77, 'x'), (78, 'y')",
        "INSERT INTO guild_setting (guild_id, document, version) VALUES (77, '', 1)",
        "INSERT INTO bag (channel_id, slug, kind, state) VALUES (5, '', '', ''), (9, '', '', '')",
        "INSERT INTO schedule (guild_id, channel_id, slug, minute, zone, due_at)"
        " VALUES (77, 5, 'boat', 600, 'UTC', 0)",
    )
    rows = await twins.rows()
    assert all(_names(rows[table], 77) for table in GUILD_TABLES)
    await twins.run("INSERT INTO guild_to_forget (guild_id) SELECT guild_id FROM left_guild")
    rows = await twins.rows()
    assert not any(_names(cells, 77) for cells in rows.values())
    assert (rows["off_board_mark"], len(rows["bag"])) == ([[78, "y"]], 2)


async def _use(twins: Twins, member: int) -> None:
    """Have a member do all that is noted of somebody."""
    own, asked, played, daily = (member + 1_000 * n for n in range(1, 5))
    await twins.run(
        talk.dm(own, member),
        talk.bag(own),
        talk.question(asked, "curated:1", channel=own),
        talk.question(played, "curated:2", channel=played),
        talk.question(daily, "curated:3", day=daily),
        talk.answer(asked, member, 1, guild=0),
        talk.answer(daily, member, 1, at=daily * 86_400),
        talk.game(played, played, channel=played, starter=member),
        talk.ask(played, played),
        talk.choose(played, member, 1),
        talk.duel(played),
        talk.pair(played, member, 9),
        *(
            f"INSERT INTO {table} VALUES ({values})"
            for table, values in {
                "celebrated": f"{member}, 'boat'",
                "member_setting": f"{member}, 'hide'",
                "off_board": f"77, {member}",
                "report": f"{member}, 'boat', 'curated:1', 'wrong', 0",
                "saved": f"{member}, 'boat', 7, 0",
                "shared_day": f"{member}, 'boat', 7, 77, 5, NULL",
            }.items()
        ),
    )


def _names(rows: Sequence[Sequence[object]], snowflake: int) -> bool:
    return any(snowflake in row for row in rows)
