"""Documents aligned ahead of the one who writes them, in this process or in several others.

A document that cannot be aligned promises the reason instead. The processes use one thread each
for arithmetic, ignore Ctrl-C (the parent does not) and end when their parent is gone, however
that came about.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event

from aligner import pipeline
from aligner.embed.loading import load_encoder
from aligner.embed.protocol import Encoder
from aligner.errors import AlignerError
from aligner.memory.units import Entry
from aligner.pairing import Delivery
from aligner.pipeline import Options

Made = list[Entry] | str
"""The entries of a document, or why there are none."""

Promise = Callable[[], Made]
"""Waits until the document is aligned."""

_GLANCE = 0.5  # seconds between two looks at whether the parent lives
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def aligners(jobs: int, options: Options) -> Iterator[Callable[[Delivery], Promise]]:
    """What takes documents and makes promises; with one job, to be kept when they are asked for."""
    if jobs == 1:
        yield lambda delivery: lambda: aligned(delivery, options)
        return
    with _one_thread_each():
        context = get_context("spawn")  # not forked: a fork of a process with threads may hang
        stop = context.Event()
        pool = ProcessPoolExecutor(jobs, context, _follow_parent, (stop,))
        try:
            yield lambda delivery: _promised(pool, delivery, options)
        except BaseException:  # Ctrl-C: nobody waits for what is half aligned
            stop.set()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def aligned(delivery: Delivery, options: Options) -> Made:
    """The entries of two texts, or of one that holds both languages."""
    [first, *more] = delivery.paths
    try:
        encoder = options.encoder
        if encoder is None or isinstance(encoder, str):
            encoder = _encoder(encoder)
        second = more[0] if more else None
        alignment = pipeline.align_files(first, second, replace(options, encoder=encoder))
        return [Entry(pair) for pair in alignment.pairs()]
    except AlignerError as error:
        return str(error)
    except MemoryError:
        return f"{first}: not enough memory; align it in parts, or give fewer --jobs"
    except Exception as error:  # one document's misfortune must not be that of all others
        return f"{first}: unexpected {type(error).__name__}: {error}; please report it"


@cache
def _encoder(name: str | None) -> Encoder:
    return load_encoder(name)


def _promised(pool: ProcessPoolExecutor, delivery: Delivery, options: Options) -> Promise:
    try:
        return _kept(pool.submit(aligned, delivery, options), delivery)
    except BrokenProcessPool:  # by a document before
        return lambda: _death(delivery)


def _kept(future: Future[Made], delivery: Delivery) -> Promise:
    def wait() -> Made:
        try:
            return future.result()
        except BrokenProcessPool:
            return _death(delivery)

    return wait


def _death(delivery: Delivery) -> str:
    return (
        f"{delivery.paths[0]}: a process died at work, perhaps for want of memory; "
        "run the same command again with fewer --jobs"
    )


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Children read these as they start; several with several threads each slow each other."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update({name: value or "1" for name, value in before.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]


def _follow_parent(stop: Event) -> None:
    """End when told to, or when the parent is gone: a killed one cannot tell its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def follow() -> None:
        while not stop.wait(_GLANCE):
            if parent is None or not parent.is_alive():
                break
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
