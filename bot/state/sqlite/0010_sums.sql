-- Whoever hosts the bot sees how it is used: sums of a day, of a week and of a month, in which nobody
-- stands.
--
-- day_sum         one a day, command or button, outcome and length, for 400 days
-- item_sum        one an item and month, for 400 days
-- week_sum        one a week, for 400 days

-- The answers of a day: what was asked, how it went, and the milliseconds that they took at most.
-- Each process adds what it has counted in memory, once a minute.
CREATE TABLE day_sum (
    day INTEGER NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    within_ms INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (day, subject, outcome, within_ms)
) STRICT, WITHOUT ROWID;

-- How often a month's answers to an item were right.
CREATE TABLE item_sum (
    month TEXT NOT NULL,
    slug TEXT NOT NULL,
    item TEXT NOT NULL,
    answered INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    PRIMARY KEY (month, slug, item)
) STRICT, WITHOUT ROWID;

-- How many members have played in a week, over all servers.
CREATE TABLE week_sum (
    week TEXT PRIMARY KEY,
    players INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER answer_sums_up AFTER INSERT ON answer BEGIN
    INSERT INTO item_sum (month, slug, item, answered, right_count)
    SELECT NEW.month, slug, item, 1, NEW.is_right
    FROM question WHERE id = NEW.question_id AND item <> ''
    ON CONFLICT (month, slug, item) DO UPDATE SET
        answered = answered + 1, right_count = right_count + excluded.right_count;
END;

CREATE TRIGGER game_sums_up AFTER UPDATE OF phase ON game
WHEN NEW.phase = 'done' AND OLD.phase <> 'done' BEGIN
    INSERT INTO item_sum (month, slug, item, answered, right_count)
    SELECT NEW.month, game_round.slug, item, count(*), sum(answer.is_right)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id AND item <> '' GROUP BY game_round.slug, item
    ON CONFLICT (month, slug, item) DO UPDATE SET
        answered = answered + excluded.answered,
        right_count = right_count + excluded.right_count;
END;
