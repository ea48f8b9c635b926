-- What was last registered with Discord, so that a start registers only what has changed.
CREATE TABLE command_sync (
    application_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    PRIMARY KEY (application_id, guild_id)
) STRICT, WITHOUT ROWID;
