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

-- Find what is stored about a member, or a server, without reading all that is stored about
-- everybody: while one statement does, no other can write.
CREATE INDEX answer_of_member ON answer (user_id);
CREATE INDEX counted_of_member ON counted (user_id);
CREATE INDEX dm_channel_of_member ON dm_channel (user_id);
CREATE INDEX game_answer_of_member ON game_answer (user_id);
CREATE INDEX game_of_starter ON game (starter_id);
CREATE INDEX kind_score_of_member ON kind_score (user_id);
CREATE INDEX off_board_of_member ON off_board (user_id);
CREATE INDEX off_board_mark_of_member ON off_board_mark (mark);
CREATE INDEX player_of_member ON player (user_id);
CREATE INDEX score_of_member ON score (user_id);
CREATE INDEX answer_of_guild ON answer (guild_id);
CREATE INDEX game_of_guild ON game (guild_id);

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

-- Growth: what each table holds at most. A member is whoever has used the bot; a pack has as many
-- items as its editor gave it, and an item that is none is never stored.
--
-- answer          one a question and member
-- bag             one a channel, interview and kind, of 16 filters each; gone with its channel, or
--                 a year after the last draw
-- celebrated      one a member and interview
-- command_sync    one an application and server
-- counted         one a member, server and statement, until its week is over
-- dm_channel      one a member
-- forgotten_mark  one a member and server that was forgotten, until the copies before it are gone
-- game            the last 200 of a channel, for 30 days; with game_round and game_answer
-- guild_setting   one a server, of some kilobytes
-- kind_score      one a member, server and kind of question
-- left_guild      one a server, for 30 days
-- mastery         one a member and item
-- member_setting  one a member
-- off_board       one a member and server
-- off_board_mark  one a member and server
-- player          one a member and server
-- pulse           one
-- question        the last 2,000 of a channel, for 30 days, and those of games under way; one a day
--                 and interview
-- report          200 a member
-- saved           200 a member
-- schedule        a few a server
-- score           a member, server and period: weeks and months for two years, and 'ever'
-- streak          one a member and interview

-- The UTC day, since 1970, of the last draw. What is there already counts as drawn from today.
ALTER TABLE bag ADD COLUMN used_day INTEGER NOT NULL DEFAULT 0;
UPDATE bag SET used_day = CAST(strftime('%s', 'now') AS INTEGER) / 86400;

-- Find what is old, for the same reason.
CREATE INDEX bag_by_age ON bag (used_day);
CREATE INDEX counted_by_age ON counted (week);
CREATE INDEX game_by_age ON game (due_at) WHERE phase = 'done';
CREATE INDEX score_by_age ON score (length(period), period);

-- A channel keeps its last questions: one press a second would otherwise be a gigabyte a month.
-- All that a game has asked stays until it is over, whatever else is asked meanwhile.
CREATE INDEX question_of_channel ON question (channel_id, id) WHERE day IS NULL;
CREATE TRIGGER question_makes_room AFTER INSERT ON question WHEN NEW.day IS NULL BEGIN
    DELETE FROM question
    WHERE day IS NULL AND channel_id = NEW.channel_id AND id <= (
        SELECT id FROM question WHERE day IS NULL AND channel_id = NEW.channel_id
        ORDER BY id DESC LIMIT 1 OFFSET 2000
    ) AND NOT EXISTS (
        SELECT 1 FROM game_round JOIN game ON game.id = game_id
        WHERE game_round.question_id = question.id AND phase <> 'done'
    );
END;

-- And its last games.
CREATE INDEX game_over_in_channel ON game (channel_id, id) WHERE phase = 'done';
CREATE TRIGGER game_makes_room AFTER UPDATE OF phase ON game WHEN NEW.phase = 'done' BEGIN
    DELETE FROM game
    WHERE phase = 'done' AND channel_id = NEW.channel_id AND id <= (
        SELECT id FROM game WHERE phase = 'done' AND channel_id = NEW.channel_id
        ORDER BY id DESC LIMIT 1 OFFSET 200
    );
END;

-- Tells whether a question belongs to a game, where its own buttons answer it.
CREATE INDEX game_round_of_question ON game_round (question_id);

-- What /health writes and reads to see that this works: one row, with a number that grows.
CREATE TABLE pulse (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    beats INTEGER NOT NULL
) STRICT;

-- The answer of a round is shown once in each phase: the last in which it was, NULL for none yet.
ALTER TABLE game ADD COLUMN answer_shown_in TEXT;
-- Whether somebody has ended a phase before its time; -1 as its time has said so before.
ALTER TABLE game ADD COLUMN is_hurried INTEGER NOT NULL DEFAULT 0;
UPDATE game SET is_hurried = 1 WHERE due_at = -1;
