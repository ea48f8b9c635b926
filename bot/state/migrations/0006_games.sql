-- Games: everything that one needs to go on after the process was killed at any moment.
CREATE TABLE game (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    starter_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    setup TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('asking', 'reading', 'board', 'done')),
    round INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    message_id INTEGER,
    asked_at REAL NOT NULL DEFAULT 0,
    due_at REAL NOT NULL DEFAULT 0,
    idle_rounds INTEGER NOT NULL DEFAULT 0,
    ending TEXT NOT NULL DEFAULT '',
    week TEXT NOT NULL DEFAULT '',
    month TEXT NOT NULL DEFAULT ''
) STRICT;

-- One at a time in a channel; where only the board is still to come, the next one may begin.
CREATE UNIQUE INDEX game_of_channel ON game (channel_id) WHERE phase IN ('asking', 'reading');
CREATE INDEX game_under_way ON game (phase) WHERE phase <> 'done';

CREATE TABLE game_round (
    game_id INTEGER NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (game_id, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE game_answer (
    game_id INTEGER NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    choice INTEGER NOT NULL,
    is_right INTEGER NOT NULL,
    points INTEGER NOT NULL,
    seconds REAL NOT NULL,
    changes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (game_id, round, user_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER game_asks AFTER INSERT ON game BEGIN
    INSERT INTO game_round (game_id, round, question_id, slug, kind, item, statement)
    SELECT NEW.id, NEW.round, id, slug, kind, item, statement
    FROM question WHERE id = NEW.question_id;
END;

CREATE TRIGGER game_asks_again AFTER UPDATE OF round ON game WHEN NEW.round > OLD.round BEGIN
    INSERT INTO game_round (game_id, round, question_id, slug, kind, item, statement)
    SELECT NEW.id, NEW.round, id, slug, kind, item, statement
    FROM question WHERE id = NEW.question_id;
END;

-- What a game brought counts when it is over, all of it at once. Played alone, a statement counts
-- for the board once a week, as it does outside of games.
CREATE TRIGGER game_is_over AFTER UPDATE OF phase ON game
WHEN NEW.phase = 'done' AND OLD.phase <> 'done' BEGIN
    INSERT INTO score (guild_id, period, user_id, points, answered, right_count)
    SELECT NEW.guild_id, column1, answer.user_id, sum(answer.points), count(*),
        sum(answer.is_right)
    FROM (VALUES ('ever'), (NEW.week), (NEW.month))
    CROSS JOIN game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id AND (
        (SELECT count(DISTINCT user_id) FROM game_answer WHERE game_id = NEW.id) > 1
        OR NOT EXISTS (
            SELECT 1 FROM counted WHERE counted.guild_id = NEW.guild_id
            AND counted.user_id = answer.user_id AND counted.slug = game_round.slug
            AND counted.statement = game_round.statement AND counted.week = NEW.week
        )
    )
    GROUP BY column1, answer.user_id
    ON CONFLICT DO UPDATE SET
        points = points + excluded.points,
        answered = answered + excluded.answered,
        right_count = right_count + excluded.right_count;
    INSERT INTO kind_score (guild_id, user_id, kind, answered, right_count)
    SELECT NEW.guild_id, answer.user_id, kind, count(*), sum(answer.is_right)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id GROUP BY answer.user_id, kind
    ON CONFLICT DO UPDATE SET
        answered = answered + excluded.answered,
        right_count = right_count + excluded.right_count;
    INSERT INTO counted (guild_id, user_id, slug, statement, week)
    SELECT NEW.guild_id, answer.user_id, game_round.slug, statement, NEW.week
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id
    ON CONFLICT DO UPDATE SET week = excluded.week;
    INSERT INTO mastery (user_id, slug, item, run, answered_at)
    SELECT answer.user_id, game_round.slug, item, answer.is_right, CAST(NEW.due_at AS INTEGER)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id
    ON CONFLICT DO UPDATE SET
        run = iif(excluded.run, run + 1, 0), answered_at = excluded.answered_at;
END;
