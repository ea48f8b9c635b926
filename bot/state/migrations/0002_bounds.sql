-- What was forgotten stays forgotten, and what a server has decided stays decided. A mark stands for
-- an id that is stored no more: a hash under a key that lies in the data folder and in no copy.

-- Whose direct messages with the bot a channel is, so that what was seen and asked there is known,
-- and goes, with the member. At most one row a member: nobody has two such channels.
CREATE TABLE dm_channel (
    channel_id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL
) STRICT;

-- Members and servers that were forgotten: who puts back an older copy must not bring them back.
-- A row goes with the last of the copies that are older than it.
CREATE TABLE forgotten_mark (
    mark TEXT PRIMARY KEY,
    forgotten_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom a moderator took off a server's boards before they had everything deleted. A row goes when a
-- moderator puts them back, or with the server's data.
CREATE TABLE off_board_mark (
    guild_id INTEGER NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (guild_id, mark)
) STRICT, WITHOUT ROWID;

-- Count what is stored about a member without reading all that is stored about everybody.
CREATE INDEX answer_of_member ON answer (user_id);
CREATE INDEX game_answer_of_member ON game_answer (user_id);
CREATE INDEX player_of_member ON player (user_id);
CREATE INDEX dm_channel_of_member ON dm_channel (user_id);

-- Everything about a member goes in one statement, with what their direct messages have seen. Games
-- that they started in a server stay for those who played along.
DROP TRIGGER member_is_forgotten;
CREATE TRIGGER member_is_forgotten INSTEAD OF INSERT ON member_to_forget BEGIN
    DELETE FROM question WHERE day IS NULL AND channel_id IN (
        SELECT channel_id FROM dm_channel WHERE user_id = NEW.user_id
    );
    DELETE FROM bag WHERE channel_id IN (
        SELECT channel_id FROM dm_channel WHERE user_id = NEW.user_id
    );
    DELETE FROM game WHERE guild_id = 0 AND starter_id = NEW.user_id;
    DELETE FROM answer WHERE user_id = NEW.user_id;
    DELETE FROM celebrated WHERE user_id = NEW.user_id;
    DELETE FROM counted WHERE user_id = NEW.user_id;
    DELETE FROM dm_channel WHERE user_id = NEW.user_id;
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

-- With a server goes whom its moderators took off the boards.
CREATE TRIGGER guild_marks_are_forgotten INSTEAD OF INSERT ON guild_to_forget BEGIN
    DELETE FROM off_board_mark WHERE guild_id = NEW.guild_id;
END;
