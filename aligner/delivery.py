"""Files go into a memory: read, aligned, added, document by document.

Several processes may align; one writes, in the order of the documents, so that their number
changes nothing in the memory. A document that fails is an outcome like another: it says why,
and the others go on. What is in the memory already is neither read nor aligned again.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aligner.errors import AlignerError, InputError, MemoryStoreError
from aligner.exchange.files import bring_document
from aligner.memory.adding import Change, add, known
from aligner.memory.store import Store
from aligner.memory.units import NewDocument
from aligner.pairing import Delivery, document_name, holds_pairs
from aligner.pipeline import Options, Watcher
from aligner.records import Pair
from aligner.workers import Promise, aligners

AHEAD = 8  # documents a process that may wait for a long one before them; kept in memory


@dataclass(frozen=True, slots=True)
class Plan:
    """How to add, apart from the files."""

    date: str  # of the units: see writers.dates.date_of_change
    options: Options = field(default_factory=Options)
    metadata: Mapping[str, str] = field(default_factory=dict)  # of all documents
    jobs: int = 1  # processes that align
    anew: bool = False  # align what is there already, as after an update of the aligner
    watcher: Watcher | None = None  # told of documents

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise InputError(f"{self.jobs} processes can do nothing; give --jobs 1 or more")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: a change, or why it failed."""

    document: str
    change: Change | None
    error: str = ""
    problems: tuple[str, ...] = ()  # in a file of pairs: the first that could not be read
    unreadable: int = 0  # all of them


@dataclass(frozen=True, slots=True)
class _Task:
    delivery: Delivery
    document: NewDocument


def deliver(store: Store, deliveries: Sequence[Delivery], plan: Plan) -> Iterator[Outcome]:
    """Add documents to the memory; an outcome for each, in their order, as they are done."""
    tasks = (_task(store, delivery, plan) for delivery in deliveries)
    with aligners(plan.jobs, plan.options) as align:
        for done, outcome in enumerate(_outcomes(store, tasks, align, plan), start=1):
            if plan.watcher is not None:
                plan.watcher(done, len(deliveries))
            yield outcome


def content_of(pairs: Iterable[Pair]) -> str:
    """The hash of pairs that come from no file."""
    found = hashlib.sha256()
    for pair in pairs:
        found.update(repr((pair.src, pair.tgt, pair.src_span, pair.tgt_span)).encode())
    return found.hexdigest()


def _outcomes(
    store: Store,
    tasks: Iterable[_Task | Outcome],
    align: Callable[[Delivery], Promise],
    plan: Plan,
) -> Iterator[Outcome]:
    """Keeps the aligning processes busy while what is ready is written."""
    waiting: deque[tuple[_Task, Promise | None] | Outcome] = deque()
    for task in tasks:
        if isinstance(task, Outcome):
            waiting.append(task)
        elif _is_known(store, task, plan):
            waiting.append((task, lambda: []))
        elif len(delivery := task.delivery.paths) == 1 and holds_pairs(delivery[0]):
            waiting.append((task, None))
        else:
            waiting.append((task, align(task.delivery)))
        while len(waiting) >= AHEAD * plan.jobs:
            yield _written(store, waiting.popleft(), plan)
    while waiting:
        yield _written(store, waiting.popleft(), plan)


def _task(store: Store, delivery: Delivery, plan: Plan) -> _Task | Outcome:
    name = delivery.name or document_name(delivery.paths, store.path.parent)
    try:
        metadata = {**plan.metadata, **delivery.metadata}
        return _Task(delivery, NewDocument(name, _hash(delivery.paths), metadata))
    except AlignerError as error:
        return Outcome(name, None, str(error))


def _is_known(store: Store, task: _Task, plan: Plan) -> bool:
    return not plan.anew and known(store, task.document) is not None


def _written(store: Store, ready: tuple[_Task, Promise | None] | Outcome, plan: Plan) -> Outcome:
    if isinstance(ready, Outcome):
        return ready
    task, promise = ready
    name = task.document.name
    try:
        if promise is None:
            return _brought_in(store, task, plan)
        entries = promise()
        if isinstance(entries, str):
            return Outcome(name, None, entries)
        return Outcome(name, add(store, task.document, entries, plan.date, plan.anew))
    except MemoryStoreError:
        raise  # a full disk, a damaged memory: the next document would fare no better
    except AlignerError as error:  # a file of pairs that breaks off in the middle
        return Outcome(name, None, str(error))


def _brought_in(store: Store, task: _Task, plan: Plan) -> Outcome:
    """Pairs are written as they are read: their file may be larger than the machine's memory."""
    [path] = task.delivery.paths
    done = bring_document(store, path, task.document, plan.date, plan.anew)
    return Outcome(task.document.name, done.change, "", done.problems, done.unreadable)


def _hash(paths: Sequence[Path]) -> str:
    """The same for the same bytes, whichever file comes first."""
    found = []
    for path in paths:
        try:
            with open(path, "rb") as stream:
                found.append(hashlib.file_digest(stream, "sha256").hexdigest())
        except OSError as error:
            raise InputError(
                f"{path}: cannot be read ({error.strerror}); check the name and its rights"
            ) from None
    return hashlib.sha256(" ".join(sorted(found)).encode()).hexdigest()
