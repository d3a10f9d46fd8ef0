-- What is watched: feeds, lists, and the pages that they name; when each is to be asked for. State, not entries: where it is
-- dropped, everything is fetched again. Times are milliseconds since 1970.
CREATE TABLE address (
    url       TEXT    PRIMARY KEY,
    host      TEXT    NOT NULL,
    list      TEXT,                              -- the feed or list that names it; NULL: it is one itself
    published TEXT,                              -- date that the feed gives
    etag      TEXT,                              -- validators of what was kept last
    modified  TEXT,
    kept      INTEGER,                           -- when that was
    visits    INTEGER NOT NULL DEFAULT 0,        -- times it was answered
    tries     INTEGER NOT NULL DEFAULT 0,        -- failures since
    problem   TEXT,                              -- code of the last of them
    due       INTEGER                            -- NULL: not again
) STRICT;
CREATE INDEX address_due ON address (due);
CREATE INDEX address_host ON address (host);

-- What hosts ask of robots.
CREATE TABLE robots (
    origin    TEXT    PRIMARY KEY,               -- scheme, host, port
    body      BLOB    NOT NULL,                  -- robots.txt; empty where there is none
    fetched   INTEGER NOT NULL
) STRICT;

-- Alerts on their way. Those that are settled stay: no alert is made twice.
CREATE TABLE outbox (
    number    INTEGER PRIMARY KEY,
    channel   TEXT    NOT NULL,
    key       TEXT    NOT NULL,                  -- the same at every attempt
    body      TEXT    NOT NULL,                  -- JSON
    tries     INTEGER NOT NULL DEFAULT 0,
    due       INTEGER NOT NULL,
    settled   TEXT,                              -- 'sent', or why it never will be
    UNIQUE (channel, key)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (channel, number) WHERE settled IS NULL;

-- The last change from which alerts were made; one row.
CREATE TABLE alerted (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    upto      INTEGER NOT NULL
) STRICT;
