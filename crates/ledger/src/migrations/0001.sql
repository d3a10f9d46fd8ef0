-- Entries: append-only. Triggers refuse what would rewrite history; nothing in the program tries to.

CREATE TABLE report (
    number    INTEGER PRIMARY KEY,               -- order of entry
    key       TEXT    NOT NULL UNIQUE,           -- hash of what came in (report_key)
    id        TEXT    NOT NULL,                  -- id the report came with; several versions share it
    version   INTEGER NOT NULL,                  -- 1, 2, … among reports of one id
    text      TEXT    NOT NULL,                  -- what all offsets count into, in code points
    added     TEXT    NOT NULL,                  -- RFC 3339, UTC
    UNIQUE (id, version)
) STRICT;

-- One analysis of one report. A report read again by better rules gets a second reading; the last one counts.
CREATE TABLE reading (
    number    INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES report (number),
    hash      TEXT    NOT NULL,                  -- hash of the claims and of what was found out about the report
    meta      TEXT    NOT NULL,                  -- Report as JSON, without its text
    added     TEXT    NOT NULL
) STRICT;
CREATE INDEX reading_report ON reading (report);

CREATE TABLE claim (
    number    INTEGER PRIMARY KEY,
    reading   INTEGER NOT NULL REFERENCES reading (number),
    seq       INTEGER NOT NULL,                  -- position in the reading
    id        TEXT    NOT NULL,                  -- stable over readings
    body      TEXT    NOT NULL,                  -- Claim as JSON
    UNIQUE (reading, seq)
) STRICT;
CREATE INDEX claim_id ON claim (id);

CREATE TABLE judgement (
    number    INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    at        TEXT    NOT NULL,
    author    TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    body      TEXT    NOT NULL                   -- Judgement as JSON
) STRICT;

-- Inputs that could not be read, as a log.
CREATE TABLE failure (
    number    INTEGER PRIMARY KEY,
    input     TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    at        TEXT    NOT NULL,
    UNIQUE (input, code, message)
) STRICT;

CREATE TRIGGER report_kept    BEFORE DELETE ON report    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER report_fixed   BEFORE UPDATE ON report    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reading_kept   BEFORE DELETE ON reading   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reading_fixed  BEFORE UPDATE ON reading   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claim_kept     BEFORE DELETE ON claim     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER claim_fixed    BEFORE UPDATE ON claim     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER judgement_fixed BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The last reading of the last version of every report: what incidents are made from.
CREATE VIEW current AS
    SELECT reading.report AS report, reading.number AS reading FROM reading
    WHERE NOT EXISTS (SELECT 1 FROM reading later WHERE later.report = reading.report AND later.number > reading.number)
      AND NOT EXISTS (SELECT 1 FROM report JOIN report later ON later.id = report.id AND later.version > report.version
                      WHERE report.number = reading.report);

-- Everything below is derived from the entries, may be dropped at any time, and comes out the same again.

-- What linkage keeps of a reading.
CREATE TABLE profile (
    reading   INTEGER PRIMARY KEY REFERENCES reading (number),
    judged    TEXT    NOT NULL,                  -- hash of the judgements on its claims that went into it
    body      BLOB    NOT NULL
) STRICT;

-- Keys under which profiles are filed: readings that share enough of them are compared.
CREATE TABLE block (
    key       INTEGER NOT NULL,
    reading   INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    share     INTEGER NOT NULL,
    PRIMARY KEY (key, reading)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_reading ON block (reading);

-- Pairs of readings with happenings that may be one.
CREATE TABLE edge (
    reading_l INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    reading_r INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    body      BLOB    NOT NULL,                  -- matches of happenings with their weights
    PRIMARY KEY (reading_l, reading_r)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_r ON edge (reading_r);

CREATE TABLE incident (
    id        TEXT    PRIMARY KEY,
    sort      TEXT    NOT NULL,                  -- first day, then id
    body      TEXT    NOT NULL                   -- Incident as JSON
) STRICT;
CREATE INDEX incident_sort ON incident (sort, id);

CREATE TABLE incident_claim (
    claim     TEXT    NOT NULL,
    incident  TEXT    NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    PRIMARY KEY (claim, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_claim_incident ON incident_claim (incident);

-- Which method, weights, judgements and readings made what stands above; one row.
CREATE TABLE linkage (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    method    TEXT    NOT NULL,
    judged    TEXT    NOT NULL,
    upto      INTEGER NOT NULL                   -- the last reading that went into it
) STRICT;

-- What each linking changed, as a log, and what became of ids that are no more.
CREATE TABLE change (
    number    INTEGER PRIMARY KEY,
    at        TEXT    NOT NULL,
    what      TEXT    NOT NULL CHECK (what IN ('created', 'revised', 'removed')),
    incident  TEXT    NOT NULL,
    first     TEXT    NOT NULL                   -- the claim that named the incident
) STRICT;
CREATE INDEX change_incident ON change (incident);
