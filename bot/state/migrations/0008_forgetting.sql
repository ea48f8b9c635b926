-- Everything about a member, or about a server, goes in one statement: an insert into these views.
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

-- Servers that the bot was removed from, with the channels that they had.
CREATE TABLE left_guild (
    guild_id INTEGER PRIMARY KEY,
    left_at INTEGER NOT NULL,
    channels TEXT NOT NULL DEFAULT '[]'
) STRICT;

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
