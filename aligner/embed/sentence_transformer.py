"""Any sentence-transformers model, by the name of a repository or the path of a folder."""

from __future__ import annotations

import logging
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from aligner.embed.protocol import Floats
from aligner.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

E5 = re.compile(r"(?:^|[-_/])e5(?:[-_/]|$)", re.IGNORECASE)
BATCH = 32  # texts; memory is bounded by the longest batch


class SentenceTransformerEncoder:
    """A sentence-transformers model as an `Encoder`.

    Both sides are encoded with the same prompt, the model's "query" prompt where it has
    one: the authors of the models with query and passage prompts advise so for texts
    that are to mean the same (E5's card, "symmetric tasks such as … bitext mining").
    Models of the E5 family older than such settings get "query: ".
    """

    def __init__(self, name: str) -> None:
        self.id = Path(name).name if Path(name).is_dir() else name
        self._model = _load(name)
        self.prompt = _prompt(self._model, name)

    def encode(self, texts: list[str]) -> Floats:
        """(n, dim) float32, rows of norm 1."""
        if not texts:
            return self.encode([""])[:0]  # the dimension, which models keep under several names
        vectors = self._model.encode(
            texts,
            prompt=self.prompt or None,
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)


def _load(name: str) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer

        # its retries are not for our users to read: what failed is in our own message
        for talker in ("huggingface_hub", "sentence_transformers"):
            logging.getLogger(talker).setLevel(logging.CRITICAL)
        if Path(name).is_dir():
            return SentenceTransformer(name)
        try:
            return SentenceTransformer(name, local_files_only=True)
        except Exception:  # not in the cache
            _check_hub()
            return SentenceTransformer(name)
    except Exception as error:  # whatever a model's files and the network may come up with
        reason = " ".join(str(error).split())
        raise ModelError(
            f"model {name!r} cannot be loaded: give the folder of a sentence-transformers model, "
            "the name of one that is in the local cache or can be downloaded here, or leave "
            f"--model out for the built-in encoder ({type(error).__name__}: {reason[:160]})"
        ) from error


def _check_hub() -> None:
    """OSError at once where the hub has no address here; the library would try for a minute."""
    from huggingface_hub.constants import ENDPOINT

    host = urlsplit(ENDPOINT).hostname
    try:
        socket.getaddrinfo(host, 443)
    except OSError:
        raise OSError(f"it is not in the local cache, and {host} cannot be reached") from None


def _prompt(model: Any, name: str) -> str:  # noqa: ANN401 (a SentenceTransformer)
    prompts: dict[str, str] = getattr(model, "prompts", None) or {}
    if prompts.get("query"):
        return prompts["query"]
    return "query: " if E5.search(name) else ""
