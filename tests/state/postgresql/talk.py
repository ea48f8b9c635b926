"""What the stores say to a state, in words that both engines know, with the values in place."""

from typing import Final

WEEK, MONTH, DAY = "2026-W48", "2026-11", 20_784
NOW: Final = DAY * 86_400


def question(number: int, item: str, *, channel: int = 5, day: int | None = None) -> str:
    return f"""
        INSERT INTO question (id, channel_id, asked_at, document, choice_count, right_choice, slug,
            kind, item, statement, worth, step, max_bonus, day)
        VALUES ({number}, {channel}, {NOW}, '', 4, 1, 'boat', 'curated', '{item}', '{item}', 100,
            10, 50, {"NULL" if day is None else day})
    """


def answer(number: int, user: int, choice: int, *, guild: int = 77, at: int = NOW) -> str:
    return f"""
        INSERT INTO answer (question_id, user_id, guild_id, choice, is_right, points, streak,
            counts, week, month, answered_at)
        SELECT id, {user}, {guild}, {choice}, right_choice = {choice},
            CASE WHEN right_choice = {choice} THEN 100 ELSE 0 END,
            CASE WHEN right_choice = {choice} THEN 1 + coalesce((
                SELECT streak FROM player WHERE guild_id = {guild} AND user_id = {user}
            ), 0) ELSE 0 END,
            day IS NOT NULL AND day = {at // 86_400} OR NOT EXISTS (
                SELECT 1 FROM counted WHERE guild_id = {guild} AND user_id = {user}
                AND counted.slug = question.slug AND counted.statement = question.statement
                AND week = '{WEEK}'
            ),
            '{WEEK}', '{MONTH}', {at}
        FROM question WHERE id = {number}
        ON CONFLICT (question_id, user_id) DO UPDATE SET choice = answer.choice
    """


def game(number: int, asked: int, *, channel: int = 5, starter: int = 1, guild: int = 77) -> str:
    """Open a lobby."""
    return f"""
        INSERT INTO game (id, channel_id, guild_id, starter_id, slug, setup, phase, round,
            question_id)
        VALUES ({number}, {channel}, {guild}, {starter}, 'boat', '{{}}', 'reading', 0, {asked})
        ON CONFLICT (channel_id) WHERE phase IN ('asking', 'reading') DO NOTHING
    """


def join(number: int, user: int) -> str:
    return f"""
        INSERT INTO game_player (game_id, user_id)
        SELECT id, {user} FROM game WHERE id = {number} AND round = 0
        ON CONFLICT (game_id, user_id) DO NOTHING
    """


def ask(number: int, asked: int) -> str:
    return f"""
        UPDATE game SET phase = 'asking', round = round + 1, question_id = {asked}
        WHERE id = {number} AND phase = 'reading'
    """


def choose(number: int, user: int, choice: int) -> str:
    return f"""
        INSERT INTO game_answer (game_id, round, user_id, choice, is_right, points, seconds)
        SELECT id, round, {user}, {choice}, {choice} = 1, 100 * (2 - {choice}), 1.5
        FROM game WHERE id = {number} AND phase = 'asking'
        ON CONFLICT (game_id, round, user_id) DO UPDATE SET
            choice = excluded.choice, is_right = excluded.is_right, points = excluded.points,
            changes = game_answer.changes + 1
        WHERE game_answer.changes = 0 AND game_answer.choice <> excluded.choice
    """


def reveal(number: int) -> str:
    return f"""
        UPDATE game SET phase = 'reading', is_hurried = false, idle_rounds = CASE WHEN EXISTS (
            SELECT 1 FROM game_answer WHERE game_id = game.id AND game_answer.round = game.round
        ) THEN 0 ELSE idle_rounds + 1 END
        WHERE id = {number} AND phase = 'asking'
    """


def finish(number: int) -> str:
    return f"""
        UPDATE game SET phase = 'done', due_at = {NOW}.75, week = '{WEEK}', month = '{MONTH}'
        WHERE id = {number} AND phase <> 'done'
    """


def duel(number: int, *, asked_at: int = NOW) -> str:
    return f"""
        INSERT INTO duel (id, channel_id, guild_id, slug, asked_at, due_at)
        VALUES ({number}, 5, 77, 'boat', {asked_at}, {asked_at + 86_400})
    """


def pair(number: int, challenger: int, opponent: int) -> str:
    return f"""
        INSERT INTO duel_player (duel_id, user_id, is_challenger)
        SELECT {number}, column1, column2
        FROM (VALUES ({challenger}, true), ({opponent}, false)) AS players
        WHERE NOT EXISTS (
            SELECT 1 FROM duel_player AS one JOIN duel_player AS other USING (duel_id)
            JOIN duel ON duel.id = duel_id
            WHERE one.user_id = {challenger} AND other.user_id = {opponent}
            AND phase IN ('asked', 'running')
        )
    """


def dm(channel: int, user: int) -> str:
    return f"INSERT INTO dm_channel (channel_id, user_id) VALUES ({channel}, {user})"


def bag(channel: int) -> str:
    return f"""
        INSERT INTO bag (channel_id, slug, kind, state)
        SELECT {channel}, 'boat', 'quote', '[]'
        WHERE EXISTS (SELECT 1 FROM dm_channel WHERE channel_id = {channel})
        ON CONFLICT (channel_id, slug, kind) DO UPDATE SET state = excluded.state
    """


def forget_member(user: int) -> str:
    return f"INSERT INTO member_to_forget (user_id) VALUES ({user})"
