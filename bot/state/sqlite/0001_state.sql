-- What members and servers leave behind: first the tables, then the indexes, then the rules that
-- keep sums and forget. Once released this file never changes: what comes later is a file of its
-- own.
--
-- Ids are Discord's. A server of 0 stands for direct messages. Times are unix seconds, days are UTC
-- days since 1970, weeks and months are as in "2026-W48" and "2026-11". An item is a source and a
-- number, as in "curated:7"; an interview is known by its slug.

-- What each channel has seen, so that nothing repeats before everything was shown. `version` counts
-- the changes: of two who draw at once the second one sees that it has to draw again.
CREATE TABLE bag (
    channel_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (channel_id, slug, kind)
) STRICT, WITHOUT ROWID;

-- Trivia questions as they were shown: buttons outlive restarts, and edits of the interview. The
-- question of a day is one row for everyone; other questions have no `day`. `worth`, `step` and
-- `max_bonus` are the points of a right answer, and what each right one before it adds, up to a
-- bonus.
CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    choice_count INTEGER NOT NULL,
    right_choice INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    statement TEXT NOT NULL,
    worth INTEGER NOT NULL,
    step INTEGER NOT NULL,
    max_bonus INTEGER NOT NULL,
    day INTEGER,
    answered_at INTEGER NOT NULL DEFAULT 0,
    answered_count INTEGER NOT NULL DEFAULT 0,
    right_count INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who chose what. `streak` are the right answers in a row up to this one; `counts` says whether it
-- changes the board.
CREATE TABLE answer (
    question_id INTEGER NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    choice INTEGER NOT NULL CHECK (choice BETWEEN 0 AND 3),
    is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    points INTEGER NOT NULL,
    streak INTEGER NOT NULL,
    counts INTEGER NOT NULL,
    week TEXT NOT NULL,
    month TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (question_id, user_id)
) STRICT, WITHOUT ROWID;

-- Right answers in a row.
CREATE TABLE player (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    streak INTEGER NOT NULL,
    best_streak INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- The sums of a member over a week, a month and 'ever': a board costs the same however many answers
-- there were, and a question's own row may go after a while.
CREATE TABLE score (
    guild_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    points INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    PRIMARY KEY (guild_id, period, user_id)
) STRICT, WITHOUT ROWID;

-- The same since ever, by the kind of question.
CREATE TABLE kind_score (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    answered INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id, kind)
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

-- Who does not appear on boards: everywhere (server 0) by their own wish, in a server by a
-- moderator.
CREATE TABLE off_board (
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, user_id)
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

-- Who was told that they have mastered all of an interview.
CREATE TABLE celebrated (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (user_id, slug)
) STRICT, WITHOUT ROWID;

-- Days in a row on which a member answered the question of the day.
CREATE TABLE streak (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    last_day INTEGER NOT NULL,
    days INTEGER NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (user_id, slug)
) STRICT, WITHOUT ROWID;

-- Games: everything that one needs to go on after the process was killed at any moment. `due_at`
-- ends the phase that it is in; `week` and `month` are those in which it was over.
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

-- What was asked in a game, and what was answered; an answer may be changed once.
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

-- What servers want posted every day. `due_at` is when the next post is due; a post that is under
-- way stands in `pending_at` with the time at which it was claimed, so that two processes do not
-- both post it and one that dies leaves it to the next. `minute` is that of the local day.
CREATE TABLE schedule (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('quote', 'fact', 'question', 'prompt', 'turn')),
    minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    pending_at INTEGER,
    claimed_at INTEGER NOT NULL DEFAULT 0,
    skipped_at INTEGER,
    stopped TEXT NOT NULL DEFAULT ''
) STRICT;

-- What servers and members have set, and the quotes that members saved. `version` counts the
-- changes: of two who change the same settings the second one sees that somebody was there before.
CREATE TABLE guild_setting (
    guild_id INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE member_setting (
    user_id INTEGER PRIMARY KEY,
    spoilers TEXT CHECK (spoilers IN ('hide', 'omit'))
) STRICT;

CREATE TABLE saved (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    number INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, slug, number)
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

-- Servers that the bot was removed from, with the channels that they had as a JSON list: their data
-- waits for a while.
CREATE TABLE left_guild (
    guild_id INTEGER PRIMARY KEY,
    left_at INTEGER NOT NULL,
    channels TEXT NOT NULL
) STRICT;

-- What was last registered with Discord, so that a start registers only what has changed: a digest
-- of our commands, and of what Discord then had.
CREATE TABLE command_sync (
    application_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    PRIMARY KEY (application_id, guild_id)
) STRICT, WITHOUT ROWID;

-- A day of an interview has one question, whoever asks for it first.
CREATE UNIQUE INDEX question_of_the_day ON question (slug, day) WHERE day IS NOT NULL;

-- Finds the questions that nobody has answered for so long that they go.
CREATE INDEX question_by_age ON question (max(asked_at, answered_at));

-- Orders a board, and counts those above a member.
CREATE INDEX score_board ON score (guild_id, period, points DESC, user_id);

-- One game at a time in a channel; where only the board is still to come, the next one may begin.
CREATE UNIQUE INDEX game_of_channel ON game (channel_id) WHERE phase IN ('asking', 'reading');

-- Finds the games that a start has to go on with.
CREATE INDEX game_under_way ON game (phase) WHERE phase <> 'done';

-- Find the posts that are due, those that somebody gave up, and those of a server.
CREATE INDEX schedule_due ON schedule (due_at) WHERE stopped = '';
CREATE INDEX schedule_pending ON schedule (claimed_at) WHERE pending_at IS NOT NULL;
CREATE INDEX schedule_of_guild ON schedule (guild_id);

-- An answer is counted with its question, goes on or ends the member's right answers in a row, and
-- the times in a row that they were right about the item.
CREATE TRIGGER answer_is_counted AFTER INSERT ON answer BEGIN
    UPDATE question
    SET answered_count = answered_count + 1,
        right_count = right_count + NEW.is_right,
        answered_at = max(answered_at, NEW.answered_at)
    WHERE id = NEW.question_id;
    INSERT INTO player (guild_id, user_id, streak, best_streak)
    VALUES (NEW.guild_id, NEW.user_id, NEW.streak, NEW.streak)
    ON CONFLICT (guild_id, user_id) DO UPDATE SET
        streak = excluded.streak, best_streak = max(best_streak, excluded.best_streak);
    INSERT INTO mastery (user_id, slug, item, run, answered_at)
    SELECT NEW.user_id, slug, item, NEW.is_right, NEW.answered_at
    FROM question WHERE id = NEW.question_id AND item <> ''
    ON CONFLICT (user_id, slug, item) DO UPDATE SET
        run = CASE WHEN excluded.run = 0 THEN 0 ELSE run + 1 END,
        answered_at = excluded.answered_at;
END;

-- An answer that counts changes the boards of its week, its month and 'ever', and the member's
-- numbers by kind; its statement counts no more in this week.
CREATE TRIGGER answer_scores AFTER INSERT ON answer WHEN NEW.counts BEGIN
    INSERT INTO counted (guild_id, user_id, slug, statement, week)
    SELECT NEW.guild_id, NEW.user_id, slug, statement, NEW.week
    FROM question WHERE id = NEW.question_id
    ON CONFLICT (guild_id, user_id, slug, statement) DO UPDATE SET week = excluded.week;
    INSERT INTO score (guild_id, period, user_id, points, answered, right_count)
    SELECT NEW.guild_id, column1, NEW.user_id, NEW.points, 1, NEW.is_right
    FROM (VALUES ('ever'), (NEW.week), (NEW.month)) WHERE true
    ON CONFLICT (guild_id, period, user_id) DO UPDATE SET
        points = points + excluded.points,
        answered = answered + 1,
        right_count = right_count + excluded.right_count;
    INSERT INTO kind_score (guild_id, user_id, kind, answered, right_count)
    SELECT NEW.guild_id, NEW.user_id, kind, 1, NEW.is_right
    FROM question WHERE id = NEW.question_id
    ON CONFLICT (guild_id, user_id, kind) DO UPDATE SET
        answered = answered + 1, right_count = right_count + excluded.right_count;
END;

-- An answer to the question of the day, on the day itself, goes on or begins anew the days in a
-- row; a second one of the same day changes nothing.
CREATE TRIGGER answer_of_the_day_counts AFTER INSERT ON answer
WHEN (SELECT day FROM question WHERE id = NEW.question_id) = NEW.answered_at / 86400 BEGIN
    INSERT INTO streak (user_id, slug, last_day, days, best)
    SELECT NEW.user_id, slug, day, 1, 1 FROM question WHERE id = NEW.question_id
    ON CONFLICT (user_id, slug) DO UPDATE SET
        days = CASE WHEN excluded.last_day = last_day + 1 THEN days + 1 ELSE 1 END,
        best = max(best, CASE WHEN excluded.last_day = last_day + 1 THEN days + 1 ELSE 1 END),
        last_day = excluded.last_day
    WHERE excluded.last_day > last_day;
END;

-- What a game asks is noted with its first round and with each one after it: the game can then be
-- added up, and asks nothing twice, though the question's own row may go.
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
    ON CONFLICT (guild_id, period, user_id) DO UPDATE SET
        points = points + excluded.points,
        answered = answered + excluded.answered,
        right_count = right_count + excluded.right_count;
    INSERT INTO kind_score (guild_id, user_id, kind, answered, right_count)
    SELECT NEW.guild_id, answer.user_id, kind, count(*), sum(answer.is_right)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id GROUP BY answer.user_id, kind
    ON CONFLICT (guild_id, user_id, kind) DO UPDATE SET
        answered = answered + excluded.answered,
        right_count = right_count + excluded.right_count;
    INSERT INTO counted (guild_id, user_id, slug, statement, week)
    SELECT NEW.guild_id, answer.user_id, game_round.slug, statement, NEW.week
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id
    ON CONFLICT (guild_id, user_id, slug, statement) DO UPDATE SET week = excluded.week;
    INSERT INTO mastery (user_id, slug, item, run, answered_at)
    SELECT answer.user_id, game_round.slug, item, answer.is_right, CAST(NEW.due_at AS INTEGER)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id
    ON CONFLICT (user_id, slug, item) DO UPDATE SET
        run = CASE WHEN excluded.run = 0 THEN 0 ELSE run + 1 END,
        answered_at = excluded.answered_at;
END;

-- Everything about a member goes in one statement, an insert into this view. Games that they
-- started stay for those who played along.
CREATE VIEW member_to_forget AS SELECT 0 AS user_id WHERE false;
CREATE TRIGGER member_is_forgotten INSTEAD OF INSERT ON member_to_forget BEGIN
    DELETE FROM answer WHERE user_id = NEW.user_id;
    DELETE FROM celebrated WHERE user_id = NEW.user_id;
    DELETE FROM counted WHERE user_id = NEW.user_id;
    DELETE FROM game_answer WHERE user_id = NEW.user_id;
    DELETE FROM kind_score WHERE user_id = NEW.user_id;
    DELETE FROM mastery WHERE user_id = NEW.user_id;
    DELETE FROM member_setting WHERE user_id = NEW.user_id;
    DELETE FROM off_board WHERE user_id = NEW.user_id;
    DELETE FROM player WHERE user_id = NEW.user_id;
    DELETE FROM report WHERE user_id = NEW.user_id;
    DELETE FROM saved WHERE user_id = NEW.user_id;
    DELETE FROM score WHERE user_id = NEW.user_id;
    DELETE FROM streak WHERE user_id = NEW.user_id;
    UPDATE game SET starter_id = 0 WHERE starter_id = NEW.user_id;
END;

-- So does everything about a server that was left, with what its channels have seen.
CREATE VIEW guild_to_forget AS SELECT 0 AS guild_id WHERE false;
CREATE TRIGGER guild_is_forgotten INSTEAD OF INSERT ON guild_to_forget BEGIN
    DELETE FROM question WHERE day IS NULL AND channel_id IN (
        SELECT value FROM left_guild, json_each(channels) WHERE guild_id = NEW.guild_id
    );
    DELETE FROM bag WHERE channel_id IN (
        SELECT value FROM left_guild, json_each(channels) WHERE guild_id = NEW.guild_id
    );
    DELETE FROM answer WHERE guild_id = NEW.guild_id;
    DELETE FROM counted WHERE guild_id = NEW.guild_id;
    DELETE FROM game WHERE guild_id = NEW.guild_id;
    DELETE FROM guild_setting WHERE guild_id = NEW.guild_id;
    DELETE FROM kind_score WHERE guild_id = NEW.guild_id;
    DELETE FROM off_board WHERE guild_id = NEW.guild_id;
    DELETE FROM player WHERE guild_id = NEW.guild_id;
    DELETE FROM schedule WHERE guild_id = NEW.guild_id;
    DELETE FROM score WHERE guild_id = NEW.guild_id;
    DELETE FROM left_guild WHERE guild_id = NEW.guild_id;
END;
