-- A member shares how they did on a day once, and a server may have its week told.
--
-- shared_day      one a member and interview, of the last day that they shared

-- Where it was shared, and as which message; NULL until it is posted.
CREATE TABLE shared_day (
    user_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    day INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER,
    PRIMARY KEY (user_id, slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_day_of_guild ON shared_day (guild_id);

-- With a member goes what they shared, and with a server what was shared in it.
CREATE TRIGGER shared_days_are_forgotten INSTEAD OF INSERT ON member_to_forget BEGIN
    DELETE FROM shared_day WHERE user_id = NEW.user_id;
END;
CREATE TRIGGER guild_shared_days_are_forgotten INSTEAD OF INSERT ON guild_to_forget BEGIN
    DELETE FROM shared_day WHERE guild_id = NEW.guild_id;
END;

-- A post a week is one more of what servers want posted.
ALTER TABLE schedule RENAME COLUMN what TO daily_what;
ALTER TABLE schedule ADD COLUMN what TEXT NOT NULL DEFAULT 'quote'
    CHECK (what IN ('quote', 'fact', 'question', 'prompt', 'turn', 'season'));
UPDATE schedule SET what = daily_what;
ALTER TABLE schedule DROP COLUMN daily_what;
