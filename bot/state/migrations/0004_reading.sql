-- What servers and members have chosen, what members saved, and their days in a row on /today.
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

CREATE TABLE streak (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    last_day INTEGER NOT NULL,
    days INTEGER NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (user_id, slug)
) STRICT, WITHOUT ROWID;

-- Only an answer on the day itself counts; days are UTC days since 1970.
CREATE TRIGGER answer_of_the_day_counts AFTER INSERT ON answer
WHEN (SELECT day FROM question WHERE id = NEW.question_id) = NEW.answered_at / 86400 BEGIN
    INSERT INTO streak (user_id, slug, last_day, days, best)
    SELECT NEW.user_id, slug, day, 1, 1 FROM question WHERE id = NEW.question_id
    ON CONFLICT DO UPDATE SET
        days = CASE WHEN excluded.last_day = last_day + 1 THEN days + 1 ELSE 1 END,
        best = max(best, CASE WHEN excluded.last_day = last_day + 1 THEN days + 1 ELSE 1 END),
        last_day = excluded.last_day
    WHERE excluded.last_day > last_day;
END;
