"""Makes `models/links.json`: what each piece of evidence for a link is worth.

    python -m models.training                        # from the repository root
    python -m models.training --check                # rebuild and compare with the file
    python -m models.training --cross-validate 2     # quality on documents not fitted on
    python -m models.training --cross-validate 2 --without clauses  # … and without some evidence
    python -m models.training --cross-validate sets  # quality on kinds of text not fitted on

Learns from the gold links in ../shared/eval (`--eval-folder`) and from texts made of the
sentences in ../shared/parallel; no text of theirs goes into the model. The same texts,
features and machine give the same file to the byte: seeds are fixed, sums are in a fixed
order on one thread, weights have three decimals.
The modules beside this one have the parts; it only puts them together. It needs scipy, and
matplotlib for `--diagram`; both come with `pip install '.[dev]'`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from aligner.alignment.model import Model
from aligner.errors import InputError
from aligner.evaluate import collapse, score
from aligner.records import Scores
from models.training.calibration import Judged, calibration_error, draw, judged, ranking, together
from models.training.field import Floats, Found, found, left_out, model_of
from models.training.fitting import fitted
from models.training.gold import FITTED, GoldDocument, examples
from models.training.groups import names_of
from models.training.parallel import MADE, parallel_documents
from models.training.workers import Workers

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "links.json"
EVAL = ROOT.parent / "shared" / "eval"
PARALLEL = "parallel"  # folder beside it, with texts sentence by sentence
VERSION = "9"  # of the model; raise it whenever the file changes


PartOf = Callable[[GoldDocument], int | str]
"""Which part of the documents one belongs to, in a cross-validation."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A document and what weights that were not fitted on it make of it."""

    gold: GoldDocument
    found: Found


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds, checks or cross-validates; the exit code is 1 where `--check` finds a difference."""
    options = _parser().parse_args(arguments)
    if options.without is not None and not options.cross_validate:
        raise InputError("--without says what evidence is worth: add --cross-validate 2")
    part_of = _parts(options.cross_validate)
    without = names_of(options.without or "")
    made_from = options.eval_folder.parent / PARALLEL
    for folder in (options.eval_folder, made_from):
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder; name shared/eval with --eval-folder")
    documents = [*examples(options.eval_folder), *parallel_documents(made_from)]
    with Workers(documents, options.processes) as workers:
        if part_of is not None:
            tested = cross_validated(workers, part_of, without)
            _say(table(tested) if options.without is None else row(options.without, tested))
            if options.diagram:
                links = together([_judged(one) for one in tested if "~" not in one.gold.set])
                draw(links, options.diagram, f"{len(links.right)} links, held out")
            return 0
        text = as_json(built(workers))
    if options.check:
        same = options.output.read_text(encoding="utf-8") == text
        _say(f"{options.output}: {'is what the gold gives' if same else 'differs; rebuild it'}")
        return 0 if same else 1
    options.output.write_text(text, encoding="utf-8", newline="\n")
    _say(f"{options.output}: written")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Makes models/links.json from gold links.")
    parser.add_argument("--eval-folder", type=Path, default=EVAL, help="gold documents, *.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    parser.add_argument("--check", action="store_true", help="compare with the output, write none")
    parser.add_argument("--cross-validate", metavar="FOLDS|sets", help="how many folds, or by sets")
    parser.add_argument("--diagram", type=Path, help="with --cross-validate: a PNG of calibration")
    parser.add_argument(
        "--without", metavar="GROUP,…", help="with --cross-validate: a row without such evidence"
    )
    parser.add_argument("--processes", type=int, default=2)
    return parser


def built(workers: Workers) -> Model:
    """The model from all documents of the sets it learns from."""
    return model_of(_learned(workers, _to_learn(workers.documents)), VERSION)


def _learned(
    workers: Workers, known: Sequence[int], without: frozenset[str] = frozenset()
) -> Floats:
    """(weights + 1,): the weights fitted on these documents, and how much they leave out.

    Copies and made documents count for the weights alone: what they leave out was taken from them.
    """
    weights = fitted(workers, known, without)
    own = [at for at in known if workers.documents[at].set in FITTED]
    counts = np.array(workers.ask(left_out, own, weights))
    return np.append(weights, counts[:, 0].sum() / counts.sum())


def _to_learn(documents: Sequence[GoldDocument]) -> list[int]:
    sets = (*FITTED, *MADE)
    return [at for at, document in enumerate(documents) if document.set.rstrip("~") in sets]


def as_json(model: Model) -> str:
    """The model file's text; a weight a line, so that a change can be read."""
    return json.dumps(asdict(model), indent=1, ensure_ascii=False) + "\n"


def _parts(asked: str | None) -> PartOf | None:
    """What `--cross-validate` asks for: so many folds, or a part for each set."""
    if asked is None:
        return None
    if asked == "sets":
        return set_of
    if not asked.isdecimal() or int(asked) < 2:
        raise InputError(f"--cross-validate {asked}: give a number of folds from 2, or sets")
    return fold_of(int(asked))


def fold_of(folds: int) -> PartOf:
    """Parts by number: pieces of one work fall into different ones; the copies of a document,
    and the same article in news and news_perturbed, into the same one."""
    return lambda document: document.number % folds


def set_of(document: GoldDocument) -> str:
    """Parts by set, copies with their originals, and news with the same articles perturbed."""
    return "news" if document.set.startswith("news") else document.set.rstrip("~")


def cross_validated(
    workers: Workers, part_of: PartOf, without: frozenset[str] = frozenset()
) -> list[Tested]:
    """Each gold document as found by weights fitted on the other parts, `without` some of them.

    Made documents are in none of the parts: they are always learned from.
    """
    tested: list[Tested] = []
    gold = [at for at, document in enumerate(workers.documents) if document.set not in MADE]
    parts = {at: part_of(workers.documents[at]) for at in gold}
    for part in dict.fromkeys(parts.values()):
        held = [at for at, its_part in parts.items() if its_part == part]
        known = sorted(set(_to_learn(workers.documents)) - set(held))
        answers = workers.ask(found, held, _learned(workers, known, without))
        tested += [
            Tested(workers.documents[at], answer) for at, answer in zip(held, answers, strict=True)
        ]
    return tested


def table(tested: Sequence[Tested]) -> str:
    """A line a set: F1 with counts of right / found / gold links, and calibration."""
    lines = [
        f"{'set':16} {'strict F1':>9} {'lax F1':>7} {'right/found':>12} {'right/gold':>12}"
        f" {'cal. error':>10} {'AUROC':>6} {'wrong/judged':>12}"
    ]
    names = dict.fromkeys(one.gold.set for one in tested)
    lines += [_line(name, [one for one in tested if one.gold.set == name]) for name in names]
    lines.append(_line("all but copies", [one for one in tested if "~" not in one.gold.set]))
    return "\n".join(lines)


def row(name: str, tested: Sequence[Tested]) -> str:
    """One row over all sets but copies, with what its columns are: strict F1, errors, ranking."""
    own = [one for one in tested if "~" not in one.gold.set]
    parts = {"all": own} | {
        name: [one for one in own if one.gold.set == name]
        for name in dict.fromkeys(one.gold.set for one in own)
    }
    head = [f"{'without':24}", *(f"{part:>14}" for part in parts), f"{'wrong':>6}", f"{'AUROC':>6}"]
    f1 = [f"{_scores(some).strict.f1:14.4f}" for some in parts.values()]
    links = together([_judged(one) for one in own])
    counts = [f"{int((~links.right).sum()):6}", f"{ranking(links):6.3f}"]
    return "\n".join([" ".join(head), " ".join([f"{name:24}", *f1, *counts])])


def _line(name: str, tested: Sequence[Tested]) -> str:
    result = _scores(tested)
    links = together([_judged(one) for one in tested])
    p, r = result.strict.precision_counts, result.strict.recall_counts
    return (
        f"{name:16} {result.strict.f1:9.4f} {result.lax.f1:7.4f} {f'{p.right}/{p.total}':>12}"
        f" {f'{r.right}/{r.total}':>12} {calibration_error(links):10.4f} {ranking(links):6.3f}"
        f" {f'{int((~links.right).sum())}/{len(links.right)}':>12}"
    )


def _scores(tested: Sequence[Tested]) -> Scores:
    return score(
        [one.gold.links for one in tested],
        [collapse(one.gold.links, one.found.links) for one in tested],
    )


def _judged(one: Tested) -> Judged:
    return judged(one.gold.links, one.found.links, one.found.probabilities)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
