-- A game begins with a lobby, and may be played in a thread. A lobby is round 0, whose message is
-- being read; `question_id` is the question of the first round by then.
--
-- game_player     one a member and game that they joined before its first round; gone with the game

CREATE TABLE game_player (
    game_id INTEGER NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    UNIQUE (game_id, user_id)
) STRICT;

-- Finds what is stored about a member.
CREATE INDEX game_player_of_member ON game_player (user_id);

-- The thread in which the rounds of a game stand; NULL where they stand in its channel.
ALTER TABLE game ADD COLUMN thread_id INTEGER;
CREATE INDEX game_in_thread ON game (thread_id) WHERE phase IN ('asking', 'reading');

-- Who started a game has joined it.
CREATE TRIGGER game_has_a_starter AFTER INSERT ON game WHEN NEW.round = 0 BEGIN
    INSERT INTO game_player (game_id, user_id) VALUES (NEW.id, NEW.starter_id);
END;

-- With a member goes what they joined.
CREATE TRIGGER game_players_are_forgotten INSTEAD OF INSERT ON member_to_forget BEGIN
    DELETE FROM game_player WHERE user_id = NEW.user_id;
END;
