"""Groups of features by what they look at, to see what each piece of evidence is worth.

`python -m models.training --cross-validate 2 --without clauses` fits all weights but those
of the clauses, on the same folds; the row it prints is to be held against the one of
`--without nothing`. Every feature stands in exactly one group, which a test watches over.
"""

from __future__ import annotations

from aligner.errors import InputError
from models.training.field import NAMES

GROUPS: dict[str, tuple[str, ...]] = {
    "nothing": (),  # the whole model, as a row to compare with
    "similarity": (
        "likeness",
        "likeness_of_long",
    ),
    "context": (
        "above_surroundings",
        "gain_over_parts",
    ),
    "length": (
        "even_length",
        "length_difference",
    ),
    "clauses": (
        "clauses_covered",
        "clauses_covered_least",
        "clauses_covered_least_of_several",
    ),
    "marks": (
        "same_end",
        "same_speech",
        "both_speech",
        "speech_swallowed",
        "one_bracket",
        "parts_differ_of_several",
        "cut_short",
        "bracket_left_open",
    ),
    "numbers": ("numbers_agree",),
    "names": ("names_agree", "names_missing"),
    "labels": ("labels_swallowed", "partners_meet"),
    "paragraphs": ("borders_crossed", "borders_meet"),
}


def names_of(given: str) -> frozenset[str]:
    """The weights that a comma-separated list of groups and names stands for.

    Example: "numbers,same_end" -> numbers_agree, same_end
    """
    names: set[str] = set()
    for word in filter(None, map(str.strip, given.split(","))):
        if word not in GROUPS and word not in NAMES:
            raise InputError(
                f"--without {word}: no weight has this name; give a group ({', '.join(GROUPS)}), "
                "or names of weights as in models/links.json, with commas between them"
            )
        names.update(GROUPS.get(word, (word,)))
    return frozenset(names)
