-- Full-text search. Derived: the words come from the entries, and the index keeps no text of its own.

-- A report's headline and outlet as it was first read; what came in does not change with later readings.
CREATE VIEW report_said AS
    SELECT report.number AS number, reading.meta ->> '$.title' AS title, reading.meta ->> '$.publisher' AS publisher,
           report.text AS text
    FROM report JOIN reading ON reading.number =
         (SELECT MIN(first.number) FROM reading first WHERE first.report = report.number);

CREATE VIRTUAL TABLE report_words USING fts5 (
    title, publisher, text, content = 'report_said', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO report_words (report_words) VALUES ('rebuild');

CREATE TRIGGER reading_words AFTER INSERT ON reading
WHEN NOT EXISTS (SELECT 1 FROM reading first WHERE first.report = new.report AND first.number < new.number)
BEGIN
    INSERT INTO report_words (rowid, title, publisher, text)
    SELECT number, title, publisher, text FROM report_said WHERE number = new.report;
END;

-- A claim's quote, and the names of its sources, actors, targets and places.
CREATE VIEW claim_said AS
    SELECT claim.number AS number, claim.body ->> '$.quote' AS quote,
           (SELECT group_concat(part.atom, '; ') FROM json_tree(claim.body) AS part
            WHERE part.key = 'name' AND part.type = 'text') AS names
    FROM claim;

CREATE VIRTUAL TABLE claim_words USING fts5 (
    quote, names, content = 'claim_said', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2"
);
-- FTS5's own rebuild cannot call json_tree.
INSERT INTO claim_words (rowid, quote, names) SELECT number, quote, names FROM claim_said;

CREATE TRIGGER claim_words_kept AFTER INSERT ON claim
BEGIN
    INSERT INTO claim_words (rowid, quote, names) SELECT number, quote, names FROM claim_said WHERE number = new.number;
END;
