-- What was posted lately, so that a second press, another member's or one after a restart posts
-- nothing twice. It names nobody.
--
-- posting         one a quote, and message that it answers, of a channel, for ten minutes; the next
--                 one takes what is older along

CREATE TABLE posting (
    channel_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    posted_at REAL NOT NULL,
    PRIMARY KEY (channel_id, what)
) STRICT, WITHOUT ROWID;

CREATE INDEX posting_by_age ON posting (posted_at);

CREATE TRIGGER posting_makes_room AFTER INSERT ON posting BEGIN
    DELETE FROM posting WHERE posted_at < NEW.posted_at - 600;
END;
