-- What each channel has seen, so that nothing repeats before everything was shown.
CREATE TABLE bag (
    channel_id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (channel_id, slug, kind)
) STRICT, WITHOUT ROWID;
