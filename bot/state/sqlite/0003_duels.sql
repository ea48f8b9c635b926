-- Duels: two members answer the same questions privately, each in their own time, within a day.

-- `due_at` ends the phase that a duel is in: it waits for an answer, for both to play, to be told.
-- `question_ids` is a JSON list; the questions are stored under a channel of their own, the duel's
-- id with a minus, so that they are answered there alone. One without players is none.
CREATE TABLE duel (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    asked_at REAL NOT NULL,
    due_at REAL NOT NULL,
    phase TEXT NOT NULL DEFAULT 'asked' CHECK (phase IN ('asked', 'running', 'telling', 'over')),
    ending TEXT NOT NULL DEFAULT '' CHECK (
        ending IN ('', 'declined', 'withdrawn', 'expired', 'left')
    ),
    message_id INTEGER,
    question_ids TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE duel_player (
    duel_id INTEGER NOT NULL REFERENCES duel (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    is_challenger INTEGER NOT NULL CHECK (is_challenger IN (0, 1)),
    PRIMARY KEY (duel_id, user_id)
) STRICT, WITHOUT ROWID;

-- Growth:
--
-- duel            five that are open a challenger and server; of those over the last 200 of a
--                 channel, for 30 days
-- duel_player     two a duel

-- Find what is due, what is old, and what is somebody's.
CREATE INDEX duel_due ON duel (due_at) WHERE phase <> 'over';
CREATE INDEX duel_by_age ON duel (due_at) WHERE phase = 'over';
CREATE INDEX duel_over_in_channel ON duel (channel_id, id) WHERE phase = 'over';
CREATE INDEX duel_of_guild ON duel (guild_id);
CREATE INDEX duel_of_member ON duel_player (user_id);

-- A channel keeps its last duels.
CREATE TRIGGER duel_makes_room AFTER UPDATE OF phase ON duel WHEN NEW.phase = 'over' BEGIN
    DELETE FROM duel
    WHERE phase = 'over' AND channel_id = NEW.channel_id AND id <= (
        SELECT id FROM duel WHERE phase = 'over' AND channel_id = NEW.channel_id
        ORDER BY id DESC LIMIT 1 OFFSET 200
    );
END;

-- With a duel go its questions, and what was answered to them.
CREATE TRIGGER duel_questions_go AFTER DELETE ON duel BEGIN
    DELETE FROM question WHERE day IS NULL AND channel_id = -OLD.id;
END;

-- Who hides from boards, or is taken off them, leaves their duels: the channel would read the result.
CREATE TRIGGER hidden_members_leave_their_duels AFTER INSERT ON off_board BEGIN
    UPDATE duel SET phase = 'telling', ending = 'left'
    WHERE phase IN ('asked', 'running') AND NEW.guild_id IN (0, guild_id)
    AND id IN (SELECT duel_id FROM duel_player WHERE user_id = NEW.user_id);
END;

-- With a member go their duels, and with a server those in it.
CREATE TRIGGER member_duels_are_forgotten INSTEAD OF INSERT ON member_to_forget BEGIN
    DELETE FROM duel WHERE id IN (SELECT duel_id FROM duel_player WHERE user_id = NEW.user_id);
    DELETE FROM duel_player WHERE user_id = NEW.user_id;
END;
CREATE TRIGGER guild_duels_are_forgotten INSTEAD OF INSERT ON guild_to_forget BEGIN
    DELETE FROM duel WHERE guild_id = NEW.guild_id;
END;
