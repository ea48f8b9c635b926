-- What servers want posted every day. `due_at` is when the next post is due; a post that is under way
-- stands in `pending_at` with the time at which it was claimed, so that two processes do not both
-- post it and one that dies leaves it to the next. `minute` is that of the local day.
CREATE TABLE schedule (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('quote', 'fact', 'question', 'prompt', 'turn')),
    minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    pending_at INTEGER,
    claimed_at INTEGER NOT NULL DEFAULT 0,
    skipped_at INTEGER,
    stopped TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX schedule_due ON schedule (due_at) WHERE stopped = '';
CREATE INDEX schedule_pending ON schedule (claimed_at) WHERE pending_at IS NOT NULL;
CREATE INDEX schedule_of_guild ON schedule (guild_id);
