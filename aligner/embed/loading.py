"""An encoder by name."""

from __future__ import annotations

from aligner.embed.protocol import Encoder


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of this name; without one, the built-in encoder, which works offline.

    `name` is a sentence-transformers model: the path of a folder, or the name of a
    repository. ModelError, saying what to do, where it cannot be loaded.
    """
    from aligner.embed.use import UseEncoder

    if name is None or name == UseEncoder.id:
        return UseEncoder()
    from aligner.embed.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
