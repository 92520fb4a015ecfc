"""How good an alignment is: strict and lax scores against gold links.

The rules are those in which the field reports (Thompson & Koehn 2019, Vecalign's and
Bertalign's scorers). Strict: the same link stands in the gold. Lax: the link shares at
least one source-target pair of indices with a gold link. Precision counts every
link given, those with an empty side too; recall leaves these out on both sides.
Counts are summed over documents before they are divided.

A gold row of several sentences on both sides only says that they belong together, so
`evaluate_files` joins test links that tile such a row exactly (`collapse`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.errors import InputError
from aligner.linkfiles import IndexLink, LinkedDocument, read_documents
from aligner.records import Counts, Score, Scores


def score(golds: Sequence[Sequence[IndexLink]], tests: Sequence[Sequence[IndexLink]]) -> Scores:
    """The scores of several documents' test links against their gold links, pairwise."""
    strict_p = lax_p = total_p = strict_r = lax_r = total_r = 0
    for gold, test in zip(golds, tests, strict=True):
        strict, lax, total = _right(test, gold)
        strict_p, lax_p, total_p = strict_p + strict, lax_p + lax, total_p + total
        strict, lax, total = _right(_two_sided(gold), _two_sided(test))
        strict_r, lax_r, total_r = strict_r + strict, lax_r + lax, total_r + total
    return Scores(
        strict=Score(Counts(strict_p, total_p), Counts(strict_r, total_r)),
        lax=Score(Counts(lax_p, total_p), Counts(lax_r, total_r)),
    )


def collapse(gold: Sequence[IndexLink], test: Sequence[IndexLink]) -> list[IndexLink]:
    """The test links, those joined that together tile one many-to-many gold link.

    Example: gold ((0, 1), (0, 1)), test ((0,), (0,)) and ((1,), (1,)) -> ((0, 1), (0, 1))
    """
    owner = _owners(gold)
    parts: dict[int, list[IndexLink]] = {}
    joined = []
    for link in test:
        owners = {owner.get(end) for end in _ends(link)}
        row = owners.pop() if len(owners) == 1 else None
        if row is None:
            joined.append(link)
        else:
            parts.setdefault(row, []).append(link)
    for row, links in parts.items():
        whole = _union(links)
        joined.extend([whole] if whole == gold[row] else links)
    return joined


def evaluate_files(gold: Path, test: Path) -> Scores:
    """The scores of a test file against a gold file.

    Either is JSONL, a document a line with "doc" and "links", or lines like
    `[0]:[0, 1]`; the test may also be the JSONL that `aligner align` writes. Where both
    name their documents, the names say which belong together.
    """
    golds = read_documents(gold)
    tests = _in_order(golds, read_documents(test), gold, test)
    for gold_document, test_document in zip(golds, tests, strict=True):
        _check_indices(gold_document, gold_document, gold)
        _check_indices(gold_document, test_document, test)
    return score(
        [document.links for document in golds],
        [collapse(g.links, t.links) for g, t in zip(golds, tests, strict=True)],
    )


def _right(links: Sequence[IndexLink], against: Sequence[IndexLink]) -> tuple[int, int, int]:
    """How many of `links` are strictly and laxly right, and how many there are."""
    known = _nonempty(against)
    partners: dict[int, set[int]] = {}
    for src, tgt in known:
        for i in src:
            partners.setdefault(i, set()).update(tgt)
    given = _nonempty(links)
    strict = len(given & known)
    lax = sum(
        any(not partners.get(i, set()).isdisjoint(tgt) for i in src) for src, tgt in given - known
    )
    return strict, strict + lax, len(given)


def _nonempty(links: Sequence[IndexLink]) -> set[IndexLink]:
    return {(src, tgt) for src, tgt in links if src or tgt}


def _two_sided(links: Sequence[IndexLink]) -> list[IndexLink]:
    return [(src, tgt) for src, tgt in links if src and tgt]


End = tuple[str, int]  # ("src", 3): sentence 3 of the source


def _ends(link: IndexLink) -> list[End]:
    return [("src", i) for i in link[0]] + [("tgt", j) for j in link[1]]


def _owners(gold: Sequence[IndexLink]) -> dict[End, int]:
    """Which many-to-many gold link each sentence stands in."""
    rows = [row for row, (src, tgt) in enumerate(gold) if len(src) > 1 and len(tgt) > 1]
    return {end: row for row in rows for end in _ends(gold[row])}


def _union(links: Sequence[IndexLink]) -> IndexLink:
    src = sorted(i for link in links for i in link[0])
    tgt = sorted(j for link in links for j in link[1])
    return tuple(src), tuple(tgt)


def _in_order(
    golds: Sequence[LinkedDocument], tests: Sequence[LinkedDocument], gold: Path, test: Path
) -> list[LinkedDocument]:
    """The test documents in the order of the gold ones."""
    names = [document.name for document in golds]
    found = [document.name for document in tests]
    if len(names) == len(found) == 1 and ("" in names or "" in found):
        return list(tests)  # line files name no document: nothing to compare
    if names == found:
        return list(tests)
    for problem, missing in (
        (f"{test}: no links for", [name for name in names if name not in found]),
        (f"{test}: unknown to {gold}:", [name for name in found if name not in names]),
        (f"{test}: twice:", [name for name in sorted(set(found)) if found.count(name) > 1]),
        (f"{gold}: twice:", [name for name in sorted(set(names)) if names.count(name) > 1]),
    ):
        if missing:
            shown = ", ".join(name or "a file without document names" for name in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            raise InputError(f"{problem} {shown}{more}; both files need the same documents")
    by_name = dict(zip(found, tests, strict=True))
    return [by_name[name] for name in names]


def _check_indices(gold: LinkedDocument, test: LinkedDocument, path: Path) -> None:
    """InputError where the test names a sentence that the gold's text does not have."""
    for side, size in enumerate(gold.sizes or ()):
        worst = max((i for link in test.links for i in link[side]), default=-1)
        if worst >= size:
            raise InputError(
                f"{path}: {test.name or 'a link'}: sentence {worst} on the "
                f"{('first', 'second')[side]} side, but the gold text has {size}, "
                f"0 to {size - 1}; indices count from 0"
            )
