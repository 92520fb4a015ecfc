"""What all commands share at the terminal: errors on one line, a progress bar, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.pipeline import Watcher

BAD_INPUT = 2
INTERRUPTED = 130

Language = Literal["en", "ru"]
MemoryFile = Annotated[Path, typer.Argument(metavar="MEMORY", help="The memory: one file.")]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of the files; found out without it.")
]
Source = Annotated[Language | None, typer.Option(help="Source language; English without it.")]
EncoderName = Annotated[
    str | None,
    typer.Option(metavar="NAME_OR_PATH", help="A sentence-transformers model as encoder."),
]
MaxSize = Annotated[int, typer.Option(help="Most sentences in a link, both sides together.")]
CreationDate = Annotated[
    str | None, typer.Option(help="Creation date in the TMX, such as 2026-11-24.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary and no progress bar.")]


@contextmanager
def one_line_errors() -> Iterator[None]:
    """What went wrong on one line instead of a traceback, and the exit code that says so."""
    try:
        yield
    except AlignerError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        typer.echo("interrupted: nothing was written that is not whole", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except MemoryError:
        remedy = "align the text in parts, chapter by chapter"
        typer.echo(f"error: not enough memory for texts of this size; {remedy}", err=True)
        raise typer.Exit(BAD_INPUT) from None


@contextmanager
def progress(quiet: bool, what: str = "sentences") -> Iterator[Watcher | None]:
    """A progress bar on standard error, if that is a terminal and long work comes."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def watch(done: int, total: int, /) -> None:
            bar.update(task, completed=done, total=total)

        yield watch
