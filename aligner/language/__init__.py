"""Which language a text is in, and a text in both languages taken apart."""

from aligner.language.mixed import split_by_language
from aligner.language.script import language_of
from aligner.language.sides import both_sides, identified

__all__ = ["both_sides", "identified", "language_of", "split_by_language"]
