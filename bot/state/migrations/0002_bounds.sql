-- Growth: what each table holds at most. A member is whoever has used the bot; a pack has as many
-- items as its editor gave it, and an item that is none is never stored.
--
-- answer          one a question and member
-- bag             one a channel, interview and kind, of 16 filters each; gone with its channel, or
--                 a year after the last draw
-- celebrated      one a member and interview
-- command_sync    one an application and server
-- counted         one a member, server and statement, until its week is over
-- game            the last 200 of a channel, for 30 days; with game_round and game_answer
-- guild_setting   one a server, of some kilobytes
-- kind_score      one a member, server and kind of question
-- left_guild      one a server, for 30 days
-- mastery         one a member and item
-- member_setting  one a member
-- off_board       one a member and server
-- player          one a member and server
-- question        the last 2,000 of a channel, for 30 days; one a day and interview
-- report          200 a member
-- saved           200 a member
-- schedule        a few a server
-- score           a member, server and period: weeks and months for two years, and 'ever'
-- streak          one a member and interview

-- The UTC day, since 1970, of the last draw. What is there already counts as drawn from today.
ALTER TABLE bag ADD COLUMN used_day INTEGER NOT NULL DEFAULT 0;
UPDATE bag SET used_day = CAST(strftime('%s', 'now') AS INTEGER) / 86400;

-- A channel keeps its last questions: one press a second would otherwise be a gigabyte a month.
-- Those of games under way stay, whatever else is asked meanwhile.
CREATE INDEX question_of_channel ON question (channel_id, id) WHERE day IS NULL;
CREATE TRIGGER question_makes_room AFTER INSERT ON question WHEN NEW.day IS NULL BEGIN
    DELETE FROM question
    WHERE day IS NULL AND channel_id = NEW.channel_id AND id <= (
        SELECT id FROM question WHERE day IS NULL AND channel_id = NEW.channel_id
        ORDER BY id DESC LIMIT 1 OFFSET 2000
    ) AND id NOT IN (SELECT question_id FROM game WHERE phase <> 'done');
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
