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
    subject TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    within_ms INTEGER NOT NULL,
    answers BIGINT NOT NULL,
    PRIMARY KEY (day, subject, outcome, within_ms)
);

-- How often a month's answers to an item were right.
CREATE TABLE item_sum (
    month TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    answered BIGINT NOT NULL,
    right_count BIGINT NOT NULL,
    PRIMARY KEY (month, slug, item)
);

-- How many members have played in a week, over all servers.
CREATE TABLE week_sum (
    week TEXT COLLATE "C" PRIMARY KEY,
    players BIGINT NOT NULL
);

-- Rules of one table run in the order of their names. These come last, so that what everybody adds
-- to is locked for a moment only, and several items in one order.
CREATE FUNCTION answer_sums_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO item_sum (month, slug, item, answered, right_count)
    SELECT NEW.month, slug, item, 1, CAST(NEW.is_right AS INTEGER)
    FROM question WHERE id = NEW.question_id AND item <> ''
    ON CONFLICT (month, slug, item) DO UPDATE SET
        answered = item_sum.answered + 1,
        right_count = item_sum.right_count + excluded.right_count;
    RETURN NULL;
END;
$$;
CREATE TRIGGER answer_sums_up AFTER INSERT ON answer
FOR EACH ROW EXECUTE FUNCTION answer_sums_up();

CREATE FUNCTION game_sums_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO item_sum (month, slug, item, answered, right_count)
    SELECT NEW.month, game_round.slug, item, count(*), count(*) FILTER (WHERE answer.is_right)
    FROM game_answer AS answer JOIN game_round USING (game_id, round)
    WHERE answer.game_id = NEW.id AND item <> ''
    GROUP BY game_round.slug, item ORDER BY game_round.slug, item
    ON CONFLICT (month, slug, item) DO UPDATE SET
        answered = item_sum.answered + excluded.answered,
        right_count = item_sum.right_count + excluded.right_count;
    RETURN NULL;
END;
$$;
CREATE TRIGGER game_sums_up AFTER UPDATE OF phase ON game
FOR EACH ROW WHEN (NEW.phase = 'done' AND OLD.phase <> 'done') EXECUTE FUNCTION game_sums_up();
