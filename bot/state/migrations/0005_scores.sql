-- What answers are worth and what they add up to. Every sum is kept as answers come in, so that a
-- board costs the same however many answers there were; a question's own row may go after a while.
ALTER TABLE question ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN item TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN statement TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN worth INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN max_bonus INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX question_by_age ON question (max(asked_at, answered_at));

-- The server is 0 in direct messages. Weeks and months are as in "2026-W48" and "2026-11".
ALTER TABLE answer ADD COLUMN guild_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN points INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN counts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN week TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN month TEXT NOT NULL DEFAULT '';

CREATE TABLE score (
    guild_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    points INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    PRIMARY KEY (guild_id, period, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX score_board ON score (guild_id, period, points DESC, user_id);

CREATE TABLE kind_score (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    answered INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, kind)
) STRICT, WITHOUT ROWID;

-- Right answers in a row.
CREATE TABLE player (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    streak INTEGER NOT NULL,
    best_streak INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- The week in which a statement last counted for a board: once a week is enough.
CREATE TABLE counted (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    statement TEXT NOT NULL,
    week TEXT NOT NULL,
    PRIMARY KEY (guild_id, user_id, slug, statement)
) STRICT, WITHOUT ROWID;

-- How often in a row a member was right about an item, over all servers; twice is mastered.
CREATE TABLE mastery (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    item TEXT NOT NULL,
    run INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, slug, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE celebrated (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (user_id, slug)
) STRICT, WITHOUT ROWID;

-- Who does not appear on boards: everywhere (server 0) by their own wish, in a server by a moderator.
CREATE TABLE off_board (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- What members found wrong with an item.
CREATE TABLE report (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    item TEXT NOT NULL,
    reason TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, slug, item)
) STRICT, WITHOUT ROWID;

DROP TRIGGER answer_is_counted;
CREATE TRIGGER answer_is_counted AFTER INSERT ON answer BEGIN
    UPDATE question
    SET answered_count = answered_count + 1,
        right_count = right_count + NEW.is_right,
        answered_at = max(answered_at, NEW.answered_at)
    WHERE id = NEW.question_id;
    INSERT INTO player (guild_id, user_id, streak, best_streak)
    VALUES (NEW.guild_id, NEW.user_id, NEW.streak, NEW.streak)
    ON CONFLICT DO UPDATE SET
        streak = excluded.streak, best_streak = max(best_streak, excluded.best_streak);
    INSERT INTO mastery (user_id, slug, item, run, answered_at)
    SELECT NEW.user_id, slug, item, NEW.is_right, NEW.answered_at
    FROM question WHERE id = NEW.question_id AND item <> ''
    ON CONFLICT DO UPDATE SET
        run = iif(excluded.run, run + 1, 0), answered_at = excluded.answered_at;
END;

CREATE TRIGGER answer_scores AFTER INSERT ON answer WHEN NEW.counts BEGIN
    INSERT INTO counted (guild_id, user_id, slug, statement, week)
    SELECT NEW.guild_id, NEW.user_id, slug, statement, NEW.week
    FROM question WHERE id = NEW.question_id
    ON CONFLICT DO UPDATE SET week = excluded.week;
    INSERT INTO score (guild_id, period, user_id, points, answered, right_count)
    SELECT NEW.guild_id, column1, NEW.user_id, NEW.points, 1, NEW.is_right
    FROM (VALUES ('ever'), (NEW.week), (NEW.month)) WHERE true
    ON CONFLICT DO UPDATE SET
        points = points + excluded.points,
        answered = answered + 1,
        right_count = right_count + excluded.right_count;
    INSERT INTO kind_score (guild_id, user_id, kind, answered, right_count)
    SELECT NEW.guild_id, NEW.user_id, kind, 1, NEW.is_right
    FROM question WHERE id = NEW.question_id
    ON CONFLICT DO UPDATE SET
        answered = answered + 1, right_count = right_count + excluded.right_count;
END;
