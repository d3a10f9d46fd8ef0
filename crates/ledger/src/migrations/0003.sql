-- The change feed: what each linking did to incidents, and why. Kept as entries are: those who keep a dataset downstream
-- read it from where they left off.
DROP TABLE change;
CREATE TABLE change (
    seq       INTEGER PRIMARY KEY,
    at        TEXT    NOT NULL,
    incident  TEXT    NOT NULL,
    body      TEXT    NOT NULL                   -- Change as JSON
) STRICT;
CREATE INDEX change_incident ON change (incident);
CREATE TRIGGER change_kept  BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER change_fixed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The last judgement that went into the incidents.
ALTER TABLE linkage ADD COLUMN judgements INTEGER NOT NULL DEFAULT 0;
