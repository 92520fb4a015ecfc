"""The translation memory as users of the library have it: `aligner.Memory`.

    with aligner.Memory.open("work.tm") as memory:
        memory.add("article.en.md", "article.ru.md", metadata={"client": "ACME"})
        frame = memory.to_frame()

One method a task, each one call of the module that does it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aligner import delivery
from aligner.delivery import Outcome, Plan
from aligner.errors import InputError
from aligner.memory import adding, cleaning, confirming, statistics
from aligner.memory.adding import Change
from aligner.memory.cleaning import EVERYTHING, Cleaning, CleanSettings
from aligner.memory.confirming import Confirmation
from aligner.memory.selection import ALL, Selection
from aligner.memory.statistics import Statistics
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument, StoredDocument, Unit
from aligner.pairing import Delivery, document_name
from aligner.records import PAIR_COLUMNS, Alignment, Pair

if TYPE_CHECKING:
    import pandas

AnyPath = str | os.PathLike[str]


class Memory:
    """An open translation memory; a context manager that closes it."""

    def __init__(self, store: Store) -> None:
        self.store = store

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
        when = delivery.date_of(date, os.environ)
        if isinstance(what, str | os.PathLike):
            paths = [Path(what), *([] if translation is None else [Path(translation)])]
            plan = Plan(when, metadata=metadata or {})
            [outcome] = delivery.deliver(self.store, [Delivery(tuple(paths), name)], plan)
            if outcome.change is None:
                raise InputError(outcome.error)
            return outcome.change
        pairs = list(what.pairs() if isinstance(what, Alignment) else what)
        document = NewDocument(name or _name_of(pairs), delivery.content_of(pairs), metadata or {})
        return adding.add(self.store, document, map(Entry, pairs), when)

    def deliver(self, deliveries: Sequence[Delivery], plan: Plan) -> Iterator[Outcome]:
        """Add many documents; an outcome for each, in their order. Failures are outcomes too."""
        return delivery.deliver(self.store, deliveries, plan)

    def confirm(
        self, pairs: Iterable[Pair | tuple[str, str]], who: str, date: str | None = None
    ) -> Confirmation:
        """Mark all units with the texts of these pairs as confirmed by someone."""
        texts = ((p.src, p.tgt) if isinstance(p, Pair) else p for p in pairs)
        return confirming.confirm(self.store, texts, who, delivery.date_of(date, os.environ))

    def clean(
        self,
        settings: CleanSettings = EVERYTHING,
        *,
        dry_run: bool = False,
        date: str | None = None,
    ) -> Cleaning:
        """Merge duplicates and take out bad units, into the history; conflicts are listed."""
        when = delivery.date_of(date, os.environ)
        return cleaning.clean(self.store, settings, when, dry_run)

    def statistics(self) -> Statistics:
        """Units, words, documents, kinds, probabilities, growth."""
        return statistics.statistics(self.store)

    def units(self, selection: Selection = ALL) -> Iterator[Unit]:
        """The selected units, document by document."""
        return self.store.units(selection)

    def documents(self) -> list[StoredDocument]:
        """All documents, in the order they came."""
        return self.store.documents()

    def to_frame(self, selection: Selection = ALL) -> pandas.DataFrame:
        """The units as a pandas DataFrame: the columns of the TSV and where they come from."""
        import pandas  # 2 s of CPU to import: only for those who ask for a frame

        columns = [*PAIR_COLUMNS, *_MORE_COLUMNS]
        return pandas.DataFrame(map(_row, self.units(selection)), columns=columns)


_MORE_COLUMNS = (
    "document",
    "position",
    "count",
    "confirmed_by",
    "created",
    "changed",
    "source_lang",
    "target_lang",
    "encoder",
    "settings",
)


def metadata(given: Sequence[str], **named: str) -> dict[str, str]:
    """Metadata from options: "key=value" strings, and those with an option of their own."""
    found = {key: value for key, value in named.items() if value}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise InputError(f"{text!r} is no metadata; write it as key=value")
        found[key.strip()] = value.strip()
    return found


def _name_of(pairs: Sequence[Pair]) -> str:
    made_by = pairs[0].provenance if pairs else None
    names = [name for name in (made_by.src_name, made_by.tgt_name) if name] if made_by else []
    if not names:
        raise InputError("the pairs do not say which document they are from; give them a name")
    return document_name([Path(name) for name in dict.fromkeys(names)], Path())


def _row(unit: Unit) -> tuple[object, ...]:
    pair, entry = unit.pair, unit.entry
    return (
        pair.src,
        pair.tgt,
        pair.kind,
        pair.score,
        pair.probability,
        pair.src_span.start,
        pair.src_span.stop,
        pair.tgt_span.start,
        pair.tgt_span.stop,
        unit.document,
        unit.position,
        unit.count,
        entry.confirmed_by,
        entry.created,
        entry.changed,
        pair.provenance.src_lang,
        pair.provenance.tgt_lang,
        pair.provenance.encoder,
        pair.provenance.settings,
    )
