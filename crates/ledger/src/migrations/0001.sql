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
    SELECT report.number AS report, MAX(reading.number) AS reading
    FROM report JOIN reading ON reading.report = report.number
    WHERE NOT EXISTS (SELECT 1 FROM report later WHERE later.id = report.id AND later.version > report.version)
    GROUP BY report.number;

-- Everything below is derived from the entries, may be dropped at any time, and comes out the same again.

CREATE TABLE profile (
    reading   INTEGER PRIMARY KEY REFERENCES reading (number),
    method    TEXT    NOT NULL,                  -- version of the linkage that made it
    body      BLOB    NOT NULL
) STRICT;

CREATE TABLE block (
    key       INTEGER NOT NULL,
    reading   INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    PRIMARY KEY (key, reading)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_reading ON block (reading);

-- Compared pairs of happenings worth remembering, each written from both ends.
CREATE TABLE edge (
    reading_l INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    node_l    INTEGER NOT NULL,
    reading_r INTEGER NOT NULL REFERENCES profile (reading) ON DELETE CASCADE,
    node_r    INTEGER NOT NULL,
    weight    REAL    NOT NULL,
    PRIMARY KEY (reading_l, node_l, reading_r, node_r)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_r ON edge (reading_r);

CREATE TABLE incident (
    id        TEXT    PRIMARY KEY,
    sort      TEXT    NOT NULL,                  -- first day, then id
    body      TEXT    NOT NULL                   -- Incident as JSON
) STRICT;
CREATE INDEX incident_sort ON incident (sort);

CREATE TABLE incident_claim (
    claim     TEXT    NOT NULL,
    incident  TEXT    NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    PRIMARY KEY (claim, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_claim_incident ON incident_claim (incident);
