-- Several processes may serve one bot: they take turns where Discord has them begin one after the
-- other, and each says of itself what it serves.
--
-- game_player     as many as before
-- process         one a process, until a day after it was last seen
-- question        as many as before
-- session_begun   one a session that was begun, for a day
-- session_turn    one a bucket

-- Who has joined a game is listed in that order, which is a column now.
CREATE TABLE former_player (
    id INTEGER PRIMARY KEY,
    game_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL
) STRICT;
INSERT INTO former_player (id, game_id, user_id) SELECT rowid, game_id, user_id FROM game_player;
DROP TABLE game_player;
CREATE TABLE game_player (
    id INTEGER PRIMARY KEY,
    game_id INTEGER NOT NULL REFERENCES game (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    UNIQUE (game_id, user_id)
) STRICT;
INSERT INTO game_player (id, game_id, user_id)
SELECT former_player.id, game_id, user_id
FROM former_player JOIN game ON game.id = game_id ORDER BY former_player.id;
DROP TABLE former_player;
CREATE INDEX game_player_of_member ON game_player (user_id);

-- Finds the questions that nobody has answered for so long that they go, among those that were
-- asked before.
DROP INDEX question_by_age;
CREATE INDEX question_by_age ON question (asked_at);

-- When a session was last begun in each of the buckets that Discord counts in. A turn is taken by
-- one statement, of which the first of two who try wins.
CREATE TABLE session_turn (
    bucket INTEGER PRIMARY KEY,
    begun_at REAL NOT NULL
) STRICT;

-- All that were begun within a day: Discord allows so many, whichever process begins them.
CREATE TABLE session_begun (
    id INTEGER PRIMARY KEY,
    begun_at REAL NOT NULL
) STRICT;
CREATE INDEX session_begun_by_age ON session_begun (begun_at);

CREATE TRIGGER session_begins AFTER INSERT ON session_turn BEGIN
    INSERT INTO session_begun (begun_at) VALUES (NEW.begun_at);
    DELETE FROM session_begun WHERE begun_at < NEW.begun_at - 86400;
END;

CREATE TRIGGER session_begins_again AFTER UPDATE OF begun_at ON session_turn BEGIN
    INSERT INTO session_begun (begun_at) VALUES (NEW.begun_at);
    DELETE FROM session_begun WHERE begun_at < NEW.begun_at - 86400;
END;

-- What each process notes of itself: which of how many it is, the shards that it serves as a JSON
-- list, and the content that it shows. One that was not seen for a while has ended.
CREATE TABLE process (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    place INTEGER,
    processes INTEGER,
    shard_count INTEGER,
    shard_ids TEXT NOT NULL,
    content TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER process_makes_room AFTER INSERT ON process BEGIN
    DELETE FROM process WHERE seen_at < NEW.seen_at - 86400;
END;
