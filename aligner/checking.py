"""Files to issues: the composer of the checks.

Two documents are aligned first; a file of pairs (TSV, TMX, JSONL) is taken as it is. Then the
checks that are chosen run, with what they need beside the texts: evidence from the built-in
encoder's vectors, a glossary. What the user has marked to be ignored is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner import pipeline
from aligner.checks.check import Case, Context
from aligner.checks.engine import issues
from aligner.checks.evidence import PairEvidence
from aligner.checks.settings import CheckSettings
from aligner.embed.loading import load_encoder
from aligner.embed.protocol import Floats
from aligner.embed.runs import encode_all
from aligner.errors import InputError
from aligner.issues import Checked, Issue
from aligner.language.script import language_of
from aligner.pipeline import Options, Watcher
from aligner.readers.glossary import Glossary, read_glossary
from aligner.readers.marks import EVERY_CHECK, Mark, read_marks
from aligner.records import Alignment, Pair, Span
from aligner.writers.csv_reading import read_csv
from aligner.writers.jsonl import read_jsonl
from aligner.writers.marks import add_marks
from aligner.writers.tsv import read_tsv

SAMPLE = 200  # pairs that are looked at to find the languages


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check, apart from the texts."""

    settings: CheckSettings = field(default_factory=CheckSettings)
    glossary: Path | None = None
    ignore: Path | None = None  # a file of marks
    align: Options = field(default_factory=Options)  # how two documents are aligned
    ignore_found: bool = False  # whether what is found is added to that file


def _read_tmx(path: Path) -> Iterator[Pair]:
    from aligner.writers.tmx_reading import read_tmx  # lxml: only for those who have a TMX

    return read_tmx(path)


PAIR_READERS: dict[str, Callable[[Path], Iterator[Pair]]] = {
    ".tsv": read_tsv,
    ".tmx": _read_tmx,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}
"""Files of pairs by suffix; a memory is known by its content."""

_MEMORY = b"SQLite format 3\0"


def _read_memory(path: Path) -> Iterator[Pair]:
    from aligner.memory.store import Store

    with Store.open(path, create=False) as store:
        yield from (unit.pair for unit in store.units())


def _pair_reader(path: Path) -> Callable[[Path], Iterator[Pair]] | None:
    """What reads the pairs of a file; None for a document, or where there is no such file."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MEMORY)) == _MEMORY:
                return _read_memory
    except OSError:
        pass  # whoever reads it says what is wrong
    return PAIR_READERS.get(path.suffix.lower())


def sources(first: Path | None, second: Path | None) -> tuple[Path, Path | None]:
    """The files to check; InputError where there is none."""
    if first is None:
        raise InputError(
            "nothing to check: give a text and its translation, or a file of pairs "
            f"({', '.join(PAIR_READERS)})"
        )
    return first, second


def check_files(
    first: Path, second: Path | None = None, options: CheckOptions = CheckOptions()
) -> Checked:
    """What the checks find in two documents, or in a file of pairs."""
    options.settings.chosen()  # a wrong name is said before the long work
    reader = _pair_reader(first) if second is None else None
    if reader:
        pairs = tuple(reader(first))
        if not pairs:
            raise InputError(f"{first}: no pairs in it; give a file with source and target")
        checked = check_pairs(pairs, options)
        return replace(checked, name=str(first), lines=_lines(first, len(pairs)))
    alignment = pipeline.align_paths(first, second, options.align)
    checked = check_pairs(tuple(alignment.pairs()), options)
    return replace(checked, name=str(first if second is None else second))


def _lines(path: Path, pairs: int) -> tuple[int | None, ...]:
    """The line of each pair in a file that has a pair a line; none where that does not hold."""
    suffix = path.suffix.lower()
    if suffix not in (".tsv", ".jsonl"):
        return ()
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip("\r")]
    lines = lines[1:] if suffix == ".tsv" else lines
    return tuple(lines) if len(lines) == pairs else ()


def check_pairs(pairs: Sequence[Pair], options: CheckOptions = CheckOptions()) -> Checked:
    """What the checks find in these pairs, most serious first."""
    checks = options.settings.chosen()
    if options.ignore_found and options.ignore is None:
        raise InputError("--ignore-found needs a file of marks; name it with --ignore")
    cases = cases_of(pairs)
    glossary = read_glossary(options.glossary) if options.glossary else Glossary()
    wanted = any(check.vectors for check in checks)
    evidence = _evidence(cases, options.align.watcher) if wanted else None
    found = issues(checks, Context(cases, evidence, glossary))
    kept = _unmarked(found, pairs, options)
    return Checked(
        pairs=tuple(pairs),
        issues=tuple(kept),
        estimates=_estimates(cases, evidence) if evidence else (),
        ignored=len(found) - len(kept),
        checks=tuple(check.name for check in checks),
    )


def pairs_of(given: Alignment | Iterable[tuple[str, str]]) -> list[Pair]:
    """The pairs of an alignment, or of texts side by side, each one a sentence."""
    if isinstance(given, Alignment):
        return list(given.pairs())
    return [
        Pair(src, tgt, Span(at, at + 1), Span(at, at + 1), 0.0, 1.0)
        for at, (src, tgt) in enumerate(given)
    ]


def cases_of(pairs: Sequence[Pair]) -> list[Case]:
    """The pairs as checks look at them, with languages where the pairs name none."""
    src_lang, tgt_lang = _languages(pairs)
    return [
        Case(
            at,
            pair.src,
            pair.tgt,
            pair.provenance.src_lang or src_lang,
            pair.provenance.tgt_lang or tgt_lang,
            pair.probability,
        )
        for at, pair in enumerate(pairs)
    ]


def _languages(pairs: Sequence[Pair]) -> tuple[str, str]:
    """The language most of the sources are in, and the other one; InputError for a third one."""
    some = pairs[:: max(1, len(pairs) // SAMPLE)]
    src = _majority(pair.provenance.src_lang or language_of(pair.src) for pair in some)
    tgt = _majority(pair.provenance.tgt_lang or language_of(pair.tgt) for pair in some)
    other = {"en": "ru", "ru": "en"}
    src = src or other.get(tgt, "en")
    tgt = tgt or other.get(src, "ru")
    for lang in (src, tgt):
        if lang not in other:
            raise InputError(f"the pairs are in {lang!r}; only English and Russian can be checked")
    if src == tgt:
        # All targets untranslated, or a file with one language: the checks say which.
        return src, other[src]
    return src, tgt


def _majority(langs: Iterable[str | None]) -> str:
    counts = Counter(lang for lang in langs if lang)
    return max(sorted(counts), key=counts.__getitem__) if counts else ""


def _evidence(cases: Sequence[Case], watcher: Watcher | None) -> list[PairEvidence]:
    from aligner.checks.gathering import gathered
    from aligner.checks.model import load_model

    encoder = load_encoder(None)
    progress = _Progress(watcher)

    def encode(texts: list[str]) -> Floats:
        progress.expect(len(texts))
        return encode_all(encoder, texts, progress)

    return gathered(cases, encode, load_model())


class _Progress:
    """Adds up what the encoder reports over several calls and tells the watcher."""

    def __init__(self, watcher: Watcher | None) -> None:
        self._done, self._total, self._watcher = 0, 0, watcher

    def expect(self, texts: int) -> None:
        self._total += texts

    def __call__(self, texts: int, /) -> None:
        self._done += texts
        if self._watcher is not None:
            self._watcher(self._done, self._total)


def _estimates(cases: Sequence[Case], evidence: Sequence[PairEvidence]) -> tuple[float | None, ...]:
    return tuple(
        evidence[case.index].quality if case.src.strip() and case.tgt.strip() else None
        for case in cases
    )


def _unmarked(found: Sequence[Issue], pairs: Sequence[Pair], options: CheckOptions) -> list[Issue]:
    """The issues that no mark of the file takes away; with `ignore_found`, new marks are added."""
    path = options.ignore
    if path is None:
        return list(found)
    if options.ignore_found:
        add_marks(path, (mark_of(issue, pairs) for issue in found))
        return []
    marks = read_marks(path)
    return [issue for issue in found if not _is_marked(mark_of(issue, pairs), marks)]


def _is_marked(mark: Mark, marks: Container[Mark]) -> bool:
    return mark in marks or replace(mark, check=EVERY_CHECK) in marks


def mark_of(issue: Issue, pairs: Sequence[Pair]) -> Mark:
    """The mark that makes an issue ignored the next time."""
    pair = pairs[issue.pair]
    return Mark.of(issue.check, pair.src, pair.tgt)
