"""The commands around the review page: `review` makes it, `apply` carries its decisions back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from aligner.settings import VERSION
from aligner.terminal import (
    CreationDate,
    EncoderName,
    Quiet,
    one_line_errors,
    progress,
)

Pairs = Annotated[Path, typer.Argument(help="Pairs: .tsv, .csv, .tmx or .jsonl.")]


def add_commands(app: typer.Typer) -> None:
    """Make the commands of this module commands of the program."""
    app.command()(review)
    app.command()(apply)


def review(
    pairs: Pairs,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The page; PAIRS with .html at its end without it."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make a page on which pairs are read, corrected, accepted and rejected in a browser.

    Example: aligner review article.tmx -o article.html
    """
    with one_line_errors():
        from aligner.outputs import check_page
        from aligner.reviewing import read_pairs, write_page
        from aligner.writers.files import WriteOptions, check_not_read

        target = out or pairs.with_suffix(".html")
        check_page(target)
        check_not_read(target, (pairs,))
        write_page(read_pairs(pairs), target, WriteOptions(VERSION))
        if not quiet:
            typer.echo(f"{target}: open it in a browser", err=True)


def apply(
    pairs: Pairs,
    decisions: Annotated[Path, typer.Argument(help="Decisions saved from a review page of them.")],
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", "-o", help="File to write, as for align. May be repeated."),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="NAME", help="Who decided: stands at the confirmed pairs.")
    ] = "reviewer",
    ignore: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add the findings that were ignored to this file."),
    ] = None,
    memory: Annotated[
        Path | None,
        typer.Option(metavar="MEMORY", help="Mark the accepted pairs there as confirmed."),
    ] = None,
    model: EncoderName = None,
    date: CreationDate = None,
    quiet: Quiet = False,
) -> None:
    """Carry decisions from a review page back: keep what was accepted, align the rest anew.

    Example: aligner apply article.tsv article.decisions.json -o article.tmx
    """
    with one_line_errors():
        from aligner.applying import apply_files, summary
        from aligner.outputs import check_target, write
        from aligner.pipeline import Options
        from aligner.writers.dates import creation_date
        from aligner.writers.files import STDOUT, WriteOptions, check_not_read
        from aligner.writers.marks import add_marks

        targets = out or [STDOUT]
        written = WriteOptions(VERSION, creation_date(date, os.environ))
        for target in targets:
            check_target(target)
            check_not_read(target, (decisions,))
        with progress(quiet) as watcher:
            options = Options(encoder=model, watcher=watcher)
            applied = apply_files(pairs, decisions, by, options)
        added = add_marks(ignore, applied.ignored) if ignore else None
        for target in targets:
            write(applied.pairs, target, written)
        if not quiet:
            typer.echo(summary(applied, added), err=True)
        if memory is not None:
            from aligner.memory_report import confirmation
            from aligner.translation_memory import Memory

            with Memory.open(memory, create=False) as opened:
                confirmed = opened.confirm(applied.confirmed, by, date)
            if not quiet:
                typer.echo(confirmation(confirmed), err=True)
