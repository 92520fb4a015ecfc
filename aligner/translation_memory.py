"""The translation memory as users of the library have it: `aligner.Memory`.

    with aligner.Memory.open("work.tm") as memory:
        memory.add("article.en.md", "article.ru.md", metadata={"client": "ACME"})
        frame = memory.to_frame()

One method a task, each one call of the module that does it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.language.script import language_of
from aligner.memory import adding, cleaning, confirming, history, removing, statistics
from aligner.memory.adding import Change
from aligner.memory.cleaning import EVERYTHING, Cleaning, CleanSettings
from aligner.memory.confirming import Confirmation
from aligner.memory.history import Gone
from aligner.memory.removing import Removed
from aligner.memory.selection import ALL, Selection
from aligner.memory.statistics import Statistics
from aligner.memory.store import Store
from aligner.memory.units import (
    ROW_COLUMNS,
    Entry,
    NewDocument,
    StoredDocument,
    Unit,
    row_of,
)
from aligner.naming import meant
from aligner.pairing import Delivery, document_name
from aligner.records import Alignment, Pair
from aligner.settings import VERSION
from aligner.writers.dates import creation_date, date_of_change

if TYPE_CHECKING:
    import pandas

    from aligner.delivery import Outcome, Plan
    from aligner.embed.protocol import Encoder
    from aligner.exchange.files import Imported
    from aligner.exchange.reports import Exported, XliffVersion
    from aligner.memory.concordance import Concordance
    from aligner.memory.indexing import Watcher
    from aligner.memory.searching import Match
    from aligner.memory.semantic import Near
    from aligner.records import Lang

AnyPath = str | os.PathLike[str]


class Memory:
    """An open translation memory; a context manager that closes it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._encoders: dict[str | None, Encoder] = {}  # loaded for `nearest`

    @classmethod
    def open(cls, path: AnyPath, create: bool = True) -> Memory:
        """The memory in a file; a new one if there is none, unless `create` is False."""
        return cls(Store.open(Path(path), create))

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self.store.count()

    def close(self) -> None:
        """Close the file. All that was added is in it already."""
        self.store.close()

    def add(
        self,
        what: Alignment | Iterable[Pair] | AnyPath,
        translation: AnyPath | None = None,
        *,
        name: str = "",
        metadata: Mapping[str, str] | None = None,
        date: str | None = None,
    ) -> Change:
        """Add a document: an alignment, pairs, one file of pairs or mixed text, or two files.

        The same content again changes nothing; other content under the same name (by default
        the files' paths, seen from the memory's folder) is a new version and replaces its units.
        """
        from aligner.delivery import Plan, content_of, deliver  # numpy: not for those who search

        when = date_of_change(date, os.environ)
        if isinstance(what, str | os.PathLike):
            paths = [Path(what), *([] if translation is None else [Path(translation)])]
            plan = Plan(when, metadata=metadata or {})
            [outcome] = deliver(self.store, [Delivery(tuple(paths), name)], plan)
            if outcome.change is None:
                raise InputError(outcome.error)
            return outcome.change
        pairs = list(what.pairs() if isinstance(what, Alignment) else what)
        document = NewDocument(name or _name_of(pairs), content_of(pairs), metadata or {})
        return adding.add(self.store, document, map(Entry, pairs), when)

    def deliver(self, deliveries: Sequence[Delivery], plan: Plan) -> Iterator[Outcome]:
        """Add many documents; an outcome for each, in their order. Failures are outcomes too."""
        from aligner.delivery import deliver

        return deliver(self.store, deliveries, plan)

    def confirm(
        self, pairs: Iterable[Pair | tuple[str, str]], who: str, date: str | None = None
    ) -> Confirmation:
        """Mark all units with the texts of these pairs as confirmed by someone."""
        texts = ((p.src, p.tgt) if isinstance(p, Pair) else p for p in pairs)
        return confirming.confirm(self.store, texts, who, date_of_change(date, os.environ))

    def clean(
        self,
        settings: CleanSettings = EVERYTHING,
        *,
        dry_run: bool = False,
        date: str | None = None,
    ) -> Cleaning:
        """Merge duplicates and take out bad units, into the history; conflicts are listed."""
        when = date_of_change(date, os.environ)
        return cleaning.clean(self.store, settings, when, dry_run)

    def remove(
        self, *documents: str, dry_run: bool = False, date: str | None = None
    ) -> list[Removed]:
        """Take documents out, all or none; their units go into the history.

        A document is meant by its name, or by a file it was made from.
        """
        when = date_of_change(date, os.environ)
        names = meant(documents, [one.name for one in self.documents()], self.store.path)
        return removing.remove(self.store, names, when, dry_run)

    def statistics(self) -> Statistics:
        """Units, words, documents, kinds, probabilities, growth."""
        return statistics.statistics(self.store)

    def matches(
        self, text: str, *, lang: Lang | None = None, threshold: int = 70, limit: int = 10
    ) -> list[Match]:
        """The units most like the text, best first; 100 percent is the same text.

        `lang` is the text's language; without it, its letters say it.
        """
        from aligner.memory import searching
        from aligner.memory.fuzzy import Wanted

        known = lang or language_of(text) or "en"
        return searching.matches(self.store, text, known, Wanted(threshold, limit))

    def concordance(self, text: str, limit: int = 20) -> Concordance:
        """The units that have the words, in any form; a run of words in quotes stands together."""
        from aligner.memory import concordance
        from aligner.memory.fuzzy import checked_limit

        return concordance.concordance(self.store, text, checked_limit(limit))

    def nearest(
        self,
        text: str,
        limit: int = 10,
        *,
        model: Encoder | str | None = None,
        watcher: Watcher | None = None,
    ) -> list[Near]:
        """The units nearest to the text in meaning, in either language.

        Vectors of units that have none yet are made first; the watcher is told of them.
        """
        from aligner.memory import semantic
        from aligner.memory.fuzzy import checked_limit

        limit = checked_limit(limit)
        encoder = self._encoder(model) if model is None or isinstance(model, str) else model
        semantic.update(self.store, encoder, watcher)
        return semantic.nearest(self.store, encoder, text, limit)

    def _encoder(self, name: str | None) -> Encoder:
        from aligner.embed.loading import load_encoder

        if name not in self._encoders:
            self._encoders[name] = load_encoder(name)
        return self._encoders[name]

    def update_index(self, watcher: Watcher | None = None) -> int:
        """Index what was added since the last time, as the next search would; how many units.

        Nothing is waited for: while another process writes, the rest is left to it.
        """
        from aligner.memory import indexing

        return indexing.update_if_free(self.store, watcher)

    def export(
        self,
        path: AnyPath,
        selection: Selection = ALL,
        *,
        date: str | None = None,
        xliff: XliffVersion = "1.2",
    ) -> Exported:
        """Write the selected units to a file; its name says the format: .tmx, .xlsx, .xlf …"""
        from aligner.exchange import files

        options = files.ExportOptions(VERSION, creation_date(date, os.environ), xliff)
        if selection.document is not None:
            names = [one.name for one in self.documents()]
            [name] = meant([selection.document], names, self.store.path)
            selection = replace(selection, document=name)
        return files.export(self.store, Path(path), options, selection)

    def import_file(
        self,
        path: AnyPath,
        *,
        metadata: Mapping[str, str] | None = None,
        date: str | None = None,
    ) -> Imported:
        """Bring in the units of another tool's file, as one document; `problems` names the rest.

        An XLIFF that was exported from this memory confirms and changes its units (`review`).
        """
        from aligner.exchange import files

        when = date_of_change(date, os.environ)
        return files.bring_in(self.store, Path(path), when, metadata or {})

    def units(self, selection: Selection = ALL) -> Iterator[Unit]:
        """The selected units, document by document."""
        return self.store.units(selection)

    def documents(self) -> list[StoredDocument]:
        """All documents, in the order they came."""
        return self.store.documents()

    def history(self, document: str | None = None) -> Iterator[Gone]:
        """The units that are gone, of one document or of all, with the reason and the date."""
        if document is not None:
            [document] = meant([document], self.store.names(), self.store.path)
        return history.past(self.store, document)

    def to_frame(self, selection: Selection = ALL) -> pandas.DataFrame:
        """The units as a pandas DataFrame: the columns of the TSV and where they come from."""
        import pandas  # 2 s of CPU to import: only for those who ask for a frame

        return pandas.DataFrame(map(row_of, self.units(selection)), columns=list(ROW_COLUMNS))


def metadata(given: Sequence[str], **named: str) -> dict[str, str]:
    """Metadata from options: "key=value" strings, and those with an option of their own."""
    found = {key: value for key, value in named.items() if value}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise InputError(f"{text!r} is no metadata; write it as key=value")
        if ":" in key:
            raise InputError(f"{key!r} cannot be a key: those with a colon are aligner's own")
        found[key.strip()] = value.strip()
    return found


def _name_of(pairs: Sequence[Pair]) -> str:
    made_by = pairs[0].provenance if pairs else None
    names = [name for name in (made_by.src_name, made_by.tgt_name) if name] if made_by else []
    if not names:
        raise InputError("the pairs do not say which document they are from; give them a name")
    return document_name([Path(name) for name in dict.fromkeys(names)], Path())
