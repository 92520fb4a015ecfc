"""The tables of a translation memory, and how an older file becomes a current one.

A memory is one SQLite file. `PRAGMA application_id` says that it is ours, `user_version`
how many of `MIGRATIONS` it has been through: a new release appends a migration and changes
none. An older file is migrated in one transaction when it is opened; a newer one is refused,
since nobody knows what its tables mean.

Two rules keep indexes beside the units simple: the texts of a unit never change (a changed
text is a new unit), which a trigger holds, and ids are never used twice. Whoever indexes
units needs only the highest id that he has seen, and to skip units that are gone.

A document without `content_hash` was removed (`removing`); its history stays.

`units_text`, the index of words, has no triggers: FTS5 flushes itself at each row that a
trigger writes, which made adding three times slower. Units come in by `adding.add` and go by
`adding.retire` only, which keep it in step.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x414C4E4D  # "ALNM"

_TABLES = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,          -- of what it was made from; the same: nothing to do
    version INTEGER NOT NULL DEFAULT 1,  -- grows with each content_hash
    created TEXT NOT NULL,               -- dates are written as in TMX: 20261124T000000Z
    changed TEXT NOT NULL
);
CREATE INDEX documents_by_content ON documents (content_hash);

CREATE TABLE versions (                  -- each content that a document has had
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    date TEXT NOT NULL,
    units INTEGER NOT NULL,
    PRIMARY KEY (document_id, version)
) WITHOUT ROWID;

CREATE TABLE metadata (                  -- client, domain …: true of all units of a document
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (document_id, key)
) WITHOUT ROWID;

CREATE TABLE origins (                   -- records.Provenance but for the languages, kept once
    id INTEGER PRIMARY KEY,
    src_name TEXT NOT NULL,
    tgt_name TEXT NOT NULL,
    encoder TEXT NOT NULL,
    settings TEXT NOT NULL,
    UNIQUE (src_name, tgt_name, encoder, settings)
);

CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,           -- in the document, from 0; gaps where units were cleaned
    src TEXT NOT NULL,                   -- "" in an addition: kept, never matched
    tgt TEXT NOT NULL,                   -- "" in an omission
    src_lang TEXT NOT NULL,
    tgt_lang TEXT NOT NULL,
    src_start INTEGER NOT NULL,          -- sentence indices, half open
    src_stop INTEGER NOT NULL,
    tgt_start INTEGER NOT NULL,
    tgt_stop INTEGER NOT NULL,
    score REAL NOT NULL,
    probability REAL NOT NULL,
    origin_id INTEGER NOT NULL REFERENCES origins (id),
    src_key INTEGER NOT NULL,            -- normal.key_of(src): equal but for case, spaces, …
    tgt_key INTEGER NOT NULL,
    count INTEGER NOT NULL DEFAULT 1,    -- units that were merged into this one, itself included
    confirmed_by TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    src_markup TEXT,                     -- the seg of a foreign TMX, if it has inline tags
    tgt_markup TEXT,
    extra TEXT,                          -- JSON: what else a foreign unit has (props, languages …)
    kind TEXT GENERATED ALWAYS AS ((src_stop - src_start) || '-' || (tgt_stop - tgt_start)) VIRTUAL,
    UNIQUE (document_id, position)
);
CREATE INDEX units_by_src ON units (src_key);
CREATE INDEX units_by_tgt ON units (tgt_key);
CREATE TRIGGER units_keep_their_texts BEFORE UPDATE OF id, src, tgt ON units
WHEN old.id <> new.id OR old.src <> new.src OR old.tgt <> new.tgt
BEGIN
    SELECT raise(ABORT, 'the texts of a unit never change: delete it and insert another');
END;

CREATE TABLE history (                   -- units that are no longer there
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,            -- of the document that the unit was in
    reason TEXT NOT NULL,                -- "new version", "duplicate", or the filter's name
    merged_into INTEGER,                 -- the unit that stands for it, if it was a duplicate
    date TEXT NOT NULL,
    unit TEXT NOT NULL                   -- all columns of the unit, as a JSON object
);
CREATE INDEX history_by_document ON history (document_id, version);
CREATE INDEX history_by_merge ON history (merged_into) WHERE merged_into IS NOT NULL;
"""

_CONCORDANCE = """
CREATE VIRTUAL TABLE units_text USING fts5 (
    src, tgt, content='units', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
);
INSERT INTO units_text (units_text) VALUES ('rebuild');
"""

_RETURNING = """
CREATE INDEX history_by_unit ON history (unit_id);  -- what a unit said that is no longer there
"""

MIGRATIONS: tuple[str, ...] = (_TABLES, _CONCORDANCE, _RETURNING)
"""SQL scripts, oldest first; `user_version` counts those that a file has been through."""

CURRENT = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has been through; 0 for a new one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the current schema, all of it or nothing; must be in a transaction."""
    for number, script in enumerate(MIGRATIONS[version_of(connection) :], version_of(connection)):
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit before it begins."""
    statements, lines = [], ""
    for line in script.split("\n"):
        lines += line + "\n"
        if sqlite3.complete_statement(lines):
            statements.append(lines)
            lines = ""
    return [statement for statement in statements if statement.strip()]
