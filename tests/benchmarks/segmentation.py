"""F1 of inner sentence boundaries, ours beside other splitters, with sentences per second.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.segmentation [--half even|odd] [--errors SET]

A paragraph is its gold sentences joined by single spaces. Boundaries are
compared as positions in the text without white space; a paragraph's end does
not count; counts are summed over the file (micro average). Splitters that are
not installed are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.records import Counts, Lang, Score
from aligner.segment.engine import split

SHARED = Path(__file__).parents[3] / "shared"
SETS: dict[str, tuple[Lang, str]] = {
    "ru_gsd": ("ru", "segmentation/ru_gsd.jsonl"),
    "ru_taiga": ("ru", "segmentation/ru_taiga.jsonl"),
    "en_gum": ("en", "segmentation/en_gum.jsonl"),
    "en_ewt": ("en", "segmentation/en_ewt.jsonl"),
    "news_ru": ("ru", "eval/news.jsonl"),
    "news_en": ("en", "eval/news.jsonl"),
}
Splitter = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """A splitter on a set."""

    score: Score
    seconds: float
    sentences: int


def paragraphs(name: str) -> list[list[str]]:
    """The gold sentences of a set, paragraph by paragraph."""
    lang, path = SETS[name]
    key = lang if path.startswith("eval") else "sentences"
    with (SHARED / path).open(encoding="utf-8") as lines:
        return [json.loads(line)[key] for line in lines]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Inner boundaries as positions in the text without white space."""
    ends, position = [], 0
    for sentence in sentences:
        position += len("".join(sentence.split()))
        ends.append(position)
    return {end for end in ends if 0 < end < position}


def measure(splitter: Splitter, gold: list[list[str]]) -> Result:
    """Score of a splitter on gold paragraphs."""
    texts = [" ".join(sentences) for sentences in gold]
    start = time.perf_counter()
    found = [list(splitter(text)) for text in texts]
    seconds = time.perf_counter() - start
    right = test_total = gold_total = 0
    for ours, theirs in zip(found, gold, strict=True):
        test_ends, gold_ends = boundaries(ours), boundaries(theirs)
        right += len(test_ends & gold_ends)
        test_total += len(test_ends)
        gold_total += len(gold_ends)
    score = Score(Counts(right, test_total), Counts(right, gold_total))
    return Result(score, seconds, sum(map(len, found)))


def ours(lang: Lang) -> Splitter:
    """This project's engine."""
    return lambda text: [text[span.start : span.stop] for span in split(text, lang)]


def sentencizer(lang: Lang) -> Splitter:
    """spaCy's rule: an end mark ends a sentence."""
    import spacy

    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in nlp(text).sents]


def razdel(lang: Lang) -> Splitter:
    """Rules for Russian."""
    from razdel import sentenize

    return lambda text: [sentence.text for sentence in sentenize(text)]


def pysbd(lang: Lang) -> Splitter:
    """The Golden Rules, by pragmatic segmenter."""
    from pysbd import Segmenter

    return lambda text: Segmenter(language=lang, clean=False).segment(text)


def blingfire(lang: Lang) -> Splitter:
    """Microsoft's finite-state machine."""
    from blingfire import text_to_sentences

    return lambda text: text_to_sentences(text).split("\n")


def sentencex(lang: Lang) -> Splitter:
    """Wikimedia's rules."""
    from sentencex import segment

    return lambda text: list(segment(lang, text))


SPLITTERS: dict[str, tuple[str, Callable[[Lang], Splitter]]] = {
    "aligner": ("aligner", ours),
    "sentencizer": ("spacy", sentencizer),
    "razdel": ("razdel", razdel),
    "pysbd": ("pysbd", pysbd),
    "blingfire": ("blingfire", blingfire),
    "sentencex": ("sentencex", sentencex),
}


def installed() -> Iterator[tuple[str, Callable[[Lang], Splitter]]]:
    """The splitters whose package is there, ours first."""
    for name, (package, make) in SPLITTERS.items():
        if importlib.util.find_spec(package):
            yield name, make


def differences(splitter: Splitter, gold: list[list[str]]) -> Iterator[str]:
    """What is wrong, readable: "+" a boundary too many, "-" one that is missing."""
    for sentences in gold:
        text = " ".join(sentences)
        test_ends, gold_ends = boundaries(splitter(text)), boundaries(sentences)
        position = 0
        for index, char in enumerate(text):
            if not char.isspace():
                position += 1
                if position in test_ends ^ gold_ends:
                    sign = "+" if position in test_ends else "-"
                    left, right = text[max(0, index - 60) : index + 1], text[index + 1 : index + 50]
                    yield f"{sign} {left}|{right}"
                    test_ends.discard(position)
                    gold_ends.discard(position)


def main() -> None:
    """Print the table, or the differences of one set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--half", choices=["even", "odd"], help="every second paragraph only")
    parser.add_argument("--errors", choices=list(SETS), help="print our differences from the gold")
    options = parser.parse_args()
    half = {None: slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}[options.half]
    if options.errors:
        print(
            *differences(ours(SETS[options.errors][0]), paragraphs(options.errors)[half]), sep="\n"
        )
        return
    print(f"{'set':9} {'splitter':12}     F1      P      R  right/found/gold  sentences/s")
    for name, (lang, _) in SETS.items():
        gold = paragraphs(name)[half]
        for splitter, make in installed():
            result = measure(make(lang), gold)
            p, r = result.score.precision_counts, result.score.recall_counts
            counts = f"{p.right}/{p.total}/{r.total}"
            speed = result.sentences / result.seconds
            print(
                f"{name:9} {splitter:12} {result.score.f1:.4f} {p.share:.4f} {r.share:.4f}"
                f"  {counts:>16}  {speed:11,.0f}"
            )


if __name__ == "__main__":
    main()
