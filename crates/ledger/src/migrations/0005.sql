-- The audit: what people found when they held single fields of claims against the words. Kept as entries are; of one
-- person's marks on one field of one claim the last one counts.
CREATE TABLE audit (
    number    INTEGER PRIMARY KEY,
    at        TEXT    NOT NULL,
    author    TEXT    NOT NULL,
    claim     TEXT    NOT NULL,
    field     TEXT    NOT NULL,
    read      TEXT    NOT NULL,                  -- what stood in the field, as JSON: a mark holds for that only
    mark      TEXT    NOT NULL CHECK (mark IN ('right', 'wrong', 'unsure', 'withdrawn'))
) STRICT;
CREATE INDEX audit_claim ON audit (claim, field);
CREATE TRIGGER audit_kept  BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
