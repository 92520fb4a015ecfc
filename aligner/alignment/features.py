"""Evidence for and against a link, each piece in a function of its own.

A feature takes `Nodes` of the lattice and returns an array (kinds, nodes), or one that
broadcasts to it: its value for the link of each kind into each node. All are the same when
source and target change places. Values are of the order of 1, so that one penalty serves all
weights. `models/README.md` tells what each group brought.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aligner.alignment.nodes import Nodes
from aligner.alignment.sides import Count, Floats

LONG = 160.0  # letters from which more of them add no trust


def likeness(at: Nodes) -> Floats:
    """How similar the two runs are."""
    return at.likeness


def likeness_of_long(at: Nodes) -> Floats:
    """Similarity counts for more between long texts."""
    return at.likeness * (np.minimum(np.minimum(*at.letters), LONG) / LONG)


def above_surroundings(at: Nodes) -> Floats:
    """Similarity beyond that of each run with the other side hereabouts."""
    return at.above_surroundings


def even_length(at: Nodes) -> Floats:
    """1 for equal lengths, towards 0 for uneven ones (the length factor of Liu & Zhu 2023)."""
    return np.log2(1 + np.minimum(*at.letters) / np.maximum(*at.letters))


def length_difference(at: Nodes) -> Floats:
    """Difference of the lengths in its standard deviations, 5 at most (Gale & Church 1993)."""
    src, tgt = at.letters
    return np.minimum(np.abs(src - tgt) / np.sqrt(at.scale.spread * (src + tgt) / 2), 5.0)


def gain_over_parts(at: Nodes) -> Floats:
    """Similarity beyond the best that remains when a sentence at an edge is dropped."""
    return at.gain


def same_end(at: Nodes) -> Floats:
    """Both end in the same mark."""
    return (at.src.end[at.row] == at.tgt.end[at.column]).astype(np.float32)


def cut_short(at: Nodes) -> Floats:
    """Runs that end where no sentence can end ("the red St."), of both sides."""
    return at.src.cut[at.row].astype(np.float32) + at.tgt.cut[at.column]


def bracket_left_open(at: Nodes) -> Floats:
    """Only one side ends inside a bracket."""
    return (at.src.open[at.row] != at.tgt.open[at.column]).astype(np.float32)


def same_speech(at: Nodes) -> Floats:
    """Both open with a quotation mark or dash, or neither."""
    src, tgt = at.opens(Count.SPEECH)
    return (src == tgt).astype(np.float32)


def both_speech(at: Nodes) -> Floats:
    """Both open with a quotation mark or dash."""
    src, tgt = at.opens(Count.SPEECH)
    return (src & tgt).astype(np.float32)


def speech_swallowed(at: Nodes) -> Floats:
    """Sentences that open with a quotation mark or dash inside the runs."""
    src, tgt = at.swallows(Count.SPEECH)
    return src + tgt


def one_bracket(at: Nodes) -> Floats:
    """Only one side opens with a bracket: a stage direction is not a line of speech."""
    src, tgt = at.opens(Count.BRACKET)
    return (src != tgt).astype(np.float32)


def labels_swallowed(at: Nodes) -> Floats:
    """Headings, speakers' names and other repeated short lines joined with something else."""
    src, tgt = at.holds(Count.LABEL)
    return src * (at.a > 1) + tgt * (at.b > 1)


def parts_differ_of_several(at: Nodes) -> Floats:
    """Where sentences are joined: more parts between full stops, colons and the like on one side.

    A translator who joins sentences keeps their parts. In standard deviations, 2 at most, of
    counts that are independent of each other, one part more than there are.
    """
    src, tgt = at.holds(Count.PARTS)
    return np.minimum(np.abs(src - tgt) / np.sqrt(src + tgt + 1), 2.0) * at.several


def numbers_agree(at: Nodes) -> Floats:
    """Share of the numbers that stand on both sides."""
    return at.numbers


def names_agree(at: Nodes) -> Floats:
    """Share of the names that stand on both sides, by sound."""
    return at.names


def names_missing(at: Nodes) -> Floats:
    """Names that the translator usually keeps and that stand on one side only, 3 at most."""
    return np.minimum(at.missing_names, 3.0)


def clauses_covered(at: Nodes) -> Floats:
    """Share of the clauses of both runs that have a counterpart in the other, times 3."""
    src, tgt, _ = at.coverage
    return 1.5 * (src + tgt)


def clauses_covered_least(at: Nodes) -> Floats:
    """Share of the clauses of the sentence that is covered least, times 3."""
    *_, least = at.coverage
    return 3 * least


def clauses_covered_least_of_several(at: Nodes) -> Floats:
    """The same where sentences are joined: «И стало так.» stands in "…: and it was so."."""
    return clauses_covered_least(at) * at.several


def partners_meet(at: Nodes) -> Floats:
    """Share of the lines with a usual partner ("GOVERNOR." «Городничий.») that are with it."""
    return at.partners


def borders_crossed(at: Nodes) -> Floats:
    """Paragraph borders inside the runs; 0 where paragraphs are not known on both sides."""
    if not (at.src.has_paragraphs and at.tgt.has_paragraphs):
        return np.zeros(at.shape, dtype=np.float32)
    src, tgt = at.swallows(Count.PARAGRAPH)
    return src + tgt


def borders_meet(at: Nodes) -> Floats:
    """1: both runs open a paragraph; -1: only one does; 0: neither, or not known."""
    if not (at.src.has_paragraphs and at.tgt.has_paragraphs):
        return np.zeros(at.shape, dtype=np.float32)
    src, tgt = at.opens(Count.PARAGRAPH)
    return (src & tgt).astype(np.float32) - (src != tgt)


Feature = Callable[[Nodes], Floats]

FEATURES: tuple[Feature, ...] = (
    likeness,
    likeness_of_long,
    above_surroundings,
    even_length,
    length_difference,
    gain_over_parts,
    same_end,
    cut_short,
    bracket_left_open,
    same_speech,
    both_speech,
    speech_swallowed,
    one_bracket,
    labels_swallowed,
    parts_differ_of_several,
    numbers_agree,
    names_agree,
    names_missing,
    clauses_covered,
    clauses_covered_least,
    clauses_covered_least_of_several,
    partners_meet,
    borders_crossed,
    borders_meet,
)
