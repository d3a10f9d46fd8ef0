-- A reading is made with the report's own publication date, or with one that a judgement gave it.
ALTER TABLE reading ADD COLUMN dated TEXT;           -- the judged date; NULL: the report's own

-- Derived from the judgements in force: reports to which one gives a date.
CREATE TABLE dated (
    report    TEXT    PRIMARY KEY,                   -- report id
    published TEXT    NOT NULL                       -- a day, or first/last
) STRICT, WITHOUT ROWID;

-- The reading that counts of every version of every report: the last one that was made with the date in force; while
-- there is none, the last one made with the report's own.
DROP VIEW current;
CREATE VIEW counted AS
    SELECT report.number AS report, reading.number AS reading FROM reading
    JOIN report ON report.number = reading.report LEFT JOIN dated ON dated.report = report.id
    WHERE reading.number = (SELECT other.number FROM reading other
                            WHERE other.report = report.number AND (other.dated IS NULL OR other.dated = dated.published)
                            ORDER BY other.dated IS NOT NULL DESC, other.number DESC LIMIT 1);

-- The same of the last versions: what incidents are made from.
CREATE VIEW current AS
    SELECT counted.report AS report, counted.reading AS reading FROM counted
    JOIN report ON report.number = counted.report
    WHERE NOT EXISTS (SELECT 1 FROM report later WHERE later.id = report.id AND later.version > report.version);
