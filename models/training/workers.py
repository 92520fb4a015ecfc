"""Processes that each hold a share of the examples and answer questions about them.

Features are computed once, in the process that keeps them; what travels are weights and
small answers. Answers come back in the order of the documents, so sums over them are the
same to the bit with any number of processes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from models.training.field import Example, prepared
from models.training.gold import GoldDocument

Answer = TypeVar("Answer")
Weights = npt.NDArray[np.float64]


class Workers:
    """A context: `ask(function, documents, weights)` inside, processes ended behind it."""

    def __init__(self, documents: Sequence[GoldDocument], processes: int = 2) -> None:
        self.documents = documents
        context = multiprocessing.get_context("spawn")  # a fork would copy running BLAS threads
        sizes = [len(document.src) for document in documents]
        order = sorted(range(len(documents)), key=lambda at: (-sizes[at], at))
        self._shares = [order[start::processes] for start in range(processes)]
        self._pipes: list[Connection] = []
        self._processes: list[Any] = []
        for share in self._shares:
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_serve, args=(theirs, {at: documents[at] for at in share}), daemon=True
            )
            process.start()
            theirs.close()  # so that the end of a process is seen as the end of its pipe
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join()

    def ask(
        self,
        function: Callable[[Example, Weights], Answer],
        documents: Sequence[int],
        weights: Weights,
    ) -> list[Answer]:
        """The function's value for each of the documents, by index, in their order."""
        wanted = set(documents)
        for pipe, share in zip(self._pipes, self._shares, strict=True):
            pipe.send((function, [at for at in share if at in wanted], weights))
        answers: dict[int, Answer] = {}
        for pipe in self._pipes:
            answers.update(pipe.recv())
        return [answers[at] for at in documents]


def _serve(pipe: Connection, documents: dict[int, GoldDocument]) -> None:
    """Prepares its documents, then answers until the other end closes."""
    from threadpoolctl import threadpool_limits

    from aligner.embed.use import UseEncoder

    with threadpool_limits(1):  # sums split among threads differ in the last bits
        encoder = UseEncoder()
        ready = {at: prepared(document, encoder) for at, document in documents.items()}
        while True:
            try:
                function, wanted, weights = pipe.recv()
            except EOFError:
                return
            pipe.send({at: function(ready[at], weights) for at in wanted})
