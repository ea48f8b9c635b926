-- A channel belongs to one process, which has its bag in memory and writes it a moment later: of its
-- changes nobody keeps count any more.
--
-- bag             as many as before

ALTER TABLE bag DROP COLUMN version;
