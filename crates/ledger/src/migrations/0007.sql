-- Reports that repeat one another, told at entry. Derived: may be dropped, and comes out the same again.

-- What a report is found by. Every report has a row.
CREATE TABLE signature (
    report    INTEGER PRIMARY KEY REFERENCES report (number),
    whole     INTEGER NOT NULL,                  -- hash of its words
    body      INTEGER,                           -- the same from the first paragraph on
    address   TEXT                               -- NULL: not known
) STRICT;
CREATE INDEX signature_whole ON signature (whole);
CREATE INDEX signature_body ON signature (body) WHERE body IS NOT NULL;
CREATE INDEX signature_address ON signature (address) WHERE address IS NOT NULL;

CREATE TABLE signature_band (
    band      INTEGER NOT NULL,
    report    INTEGER NOT NULL REFERENCES signature (report) ON DELETE CASCADE,
    PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;

-- Which earlier report it repeats, and how.
CREATE TABLE likeness (
    report    INTEGER PRIMARY KEY REFERENCES report (number),
    earlier   INTEGER NOT NULL REFERENCES report (number),
    how       TEXT    NOT NULL
) STRICT;
CREATE INDEX likeness_earlier ON likeness (earlier);

-- Versions of a page that newer ones replace.
CREATE TABLE superseded (
    report    INTEGER PRIMARY KEY REFERENCES report (number),
    newer     INTEGER NOT NULL REFERENCES report (number)
) STRICT;
CREATE INDEX superseded_newer ON superseded (newer);

DROP VIEW current;
CREATE VIEW current AS
    SELECT counted.report AS report, counted.reading AS reading FROM counted
    JOIN report ON report.number = counted.report
    WHERE NOT EXISTS (SELECT 1 FROM report later WHERE later.id = report.id AND later.version > report.version)
      AND NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.report = report.number);
