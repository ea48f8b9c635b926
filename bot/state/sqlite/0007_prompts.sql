-- Below a post there may be a thread, which is opened after it.
--
-- schedule        as many as before
-- posting         also one a daily post that was chosen to be posted at once, for ten minutes

-- The message of the post under way, once it stands and its thread is still to be opened.
ALTER TABLE schedule ADD COLUMN message_id INTEGER CHECK (message_id IS NULL OR pending_at IS NOT NULL);
