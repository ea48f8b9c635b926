-- The content: rebuilt from the packs at will, read-only while the bot runs.
-- Interviews are whole documents; what is drawn, counted or searched are rows.

CREATE TABLE interview (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL,
  first_quote INTEGER NOT NULL,
  last_quote INTEGER NOT NULL
) STRICT;

-- Quotes of one interview have ids without a gap, so that a search can go through them in steps.
CREATE TABLE quote (
  id INTEGER PRIMARY KEY,
  interview INTEGER NOT NULL REFERENCES interview,
  number INTEGER NOT NULL,
  exchange INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  text TEXT NOT NULL,
  topics TEXT NOT NULL,
  spoiler INTEGER NOT NULL,
  is_mature INTEGER NOT NULL,
  is_drawn INTEGER NOT NULL
) STRICT;

CREATE TABLE fact (
  id INTEGER PRIMARY KEY,
  interview INTEGER NOT NULL REFERENCES interview,
  number INTEGER NOT NULL,
  people TEXT NOT NULL,
  exchange INTEGER NOT NULL,
  text TEXT NOT NULL,
  topics TEXT NOT NULL,
  spoiler INTEGER NOT NULL,
  is_mature INTEGER NOT NULL,
  who TEXT NOT NULL,
  false_version TEXT NOT NULL,
  explanation TEXT NOT NULL,
  place INTEGER NOT NULL,
  total INTEGER NOT NULL
) STRICT;

CREATE TABLE question (
  id INTEGER PRIMARY KEY,
  interview INTEGER NOT NULL REFERENCES interview,
  number INTEGER NOT NULL,
  exchange INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  right TEXT NOT NULL,
  wrong TEXT NOT NULL,
  explanation TEXT NOT NULL,
  difficulty TEXT NOT NULL,
  about INTEGER,
  spoiler INTEGER NOT NULL,
  is_mature INTEGER NOT NULL
) STRICT;

-- An interview in another language is a whole document; of the items it has only the words that
-- differ, as fields by name. Quotes have none.
CREATE TABLE interview_language (
  interview INTEGER NOT NULL REFERENCES interview,
  language TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (interview, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE translation (
  interview INTEGER NOT NULL REFERENCES interview,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (interview, language, kind, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompt (
  interview INTEGER NOT NULL REFERENCES interview,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (interview, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (
  interview INTEGER NOT NULL REFERENCES interview,
  exchange INTEGER NOT NULL,
  position INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  text TEXT NOT NULL,
  spoiler INTEGER NOT NULL,
  is_mature INTEGER NOT NULL,
  PRIMARY KEY (interview, exchange, position)
) STRICT, WITHOUT ROWID;

-- A facet is what one filter lets through, of one spoiler level and maturity; its slots number
-- those items without a gap, so that any of them is found at once. Arrivals are pairs of a UTC day
-- and the first place that was not there before it.
CREATE TABLE facet (
  id INTEGER PRIMARY KEY,
  interview INTEGER NOT NULL REFERENCES interview,
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  topic TEXT NOT NULL,
  difficulty TEXT NOT NULL,
  spoiler INTEGER NOT NULL,
  is_mature INTEGER NOT NULL,
  size INTEGER NOT NULL,
  stamp INTEGER NOT NULL,
  arrivals TEXT NOT NULL
) STRICT;

CREATE TABLE slot (
  facet INTEGER NOT NULL,
  place INTEGER NOT NULL,
  item INTEGER NOT NULL,
  PRIMARY KEY (facet, place)
) STRICT, WITHOUT ROWID;

-- Words are folded before they come here; which quote holds them is all the index knows. Without
-- positions (detail = none) it is less than half as large, and phrases and NEAR cannot be asked for. The
-- tokenizer is the one that takes every sign beyond ASCII as part of a word: the marks are such.
CREATE VIRTUAL TABLE word USING fts5 (
  folded, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);

-- Statements that give each other away, each pair both ways: no two come in one game.
CREATE TABLE rival (
  interview INTEGER NOT NULL REFERENCES interview,
  statement TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (interview, statement, other)
) STRICT, WITHOUT ROWID;

-- Numbers of items there were.
CREATE TABLE withdrawn (
  interview INTEGER NOT NULL REFERENCES interview,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (interview, kind, number)
) STRICT, WITHOUT ROWID;

-- How many quotes hold a word, so that a search can begin with the rarest.
CREATE TABLE frequency (
  word TEXT PRIMARY KEY,
  quotes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Packs with mistakes: the bot starts without them, and says so each time.
CREATE TABLE left_out (
  folder TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
