-- Trivia questions as they were shown, and who chose what: buttons outlive restarts and edits.
CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    shown TEXT NOT NULL,
    choice_count INTEGER NOT NULL,
    right_choice INTEGER NOT NULL,
    answered_count INTEGER NOT NULL DEFAULT 0,
    right_count INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER NOT NULL,
    slug TEXT,
    day INTEGER
) STRICT;

-- The question of a day is one row for everyone; other questions have no slug and day.
CREATE UNIQUE INDEX question_of_the_day ON question (slug, day) WHERE day IS NOT NULL;

CREATE TABLE answer (
    question_id INTEGER NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    choice INTEGER NOT NULL CHECK (choice BETWEEN 0 AND 3),
    is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (question_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER answer_is_counted AFTER INSERT ON answer BEGIN
    UPDATE question
    SET answered_count = answered_count + 1, right_count = right_count + NEW.is_right
    WHERE id = NEW.question_id;
END;
