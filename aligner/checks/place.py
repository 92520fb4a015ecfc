"""A place in a text, where readers of numbers, dates and times look for what they know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.checks.lexicon import Lexicon
from aligner.checks.mentions import Mention
from aligner.checks.tokens import Token
from aligner.records import Span

Found = tuple[Mention, int]
"""A mention and the index of the token after it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A token in its text, with the language's words."""

    tokens: Sequence[Token]
    at: int
    lexicon: Lexicon

    def token(self, ahead: int = 0) -> Token | None:
        """The token so many places ahead (behind where negative); None outside the text."""
        at = self.at + ahead
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def low(self, ahead: int = 0) -> str:
        """Its text in lower case; "" outside the text."""
        token = self.token(ahead)
        return token.low if token else ""

    def span(self, stop: int) -> Span:
        """From here to before the token at index `stop`."""
        return Span(self.tokens[self.at].start, self.tokens[stop - 1].stop)


Reader = Callable[[Place], Found | None]
"""Sees whether what it knows begins at a place."""
