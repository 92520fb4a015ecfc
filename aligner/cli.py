"""The command line: options in, one library call, results out.

Exit codes: 0 done; 2 bad input, option or output, with one line that says what to do;
130 interrupted. Results go to standard output or to the files of -o, all else to
standard error.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from aligner import cli_exchange
from aligner.cli_check import check
from aligner.cli_memory import tm
from aligner.cli_review import add_commands
from aligner.settings import DEFAULT_SIZE, VERSION, AlignSettings
from aligner.terminal import (
    CreationDate,
    EncoderName,
    Encoding,
    Language,
    MaxSize,
    Quiet,
    Source,
    one_line_errors,
    progress,
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Align English and Russian texts sentence by sentence, offline.",
)
app.command()(check)
add_commands(app)
cli_exchange.register(tm)
app.add_typer(tm, name="tm")


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"aligner {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show version.")
    ] = False,
) -> None:
    """Align English and Russian texts sentence by sentence, offline."""


@app.command()
def align(
    first: Annotated[Path, typer.Argument(help="A text, or one that holds both languages.")],
    second: Annotated[
        Path | None, typer.Argument(help="Its translation; either order will do.")
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            "-o",
            help="File to write: .tsv, .tmx, .jsonl, .txt (links), .html (review page). "
            "May be repeated.",
        ),
    ] = None,
    source: Source = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="The files have one sentence a line already.")
    ] = False,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="With --sentences: do not check the languages.")
    ] = False,
    model: EncoderName = None,
    max_size: MaxSize = DEFAULT_SIZE,
    lock: Annotated[
        Path | None,
        typer.Option(
            metavar="LINKS", help="Keep the links in this file of link lines; align the rest."
        ),
    ] = None,
    min_probability: Annotated[
        float,
        typer.Option(metavar="P", help="Leave out pairs below; link lines (.txt) have all."),
    ] = 0.0,
    plot: Annotated[
        Path | None, typer.Option(metavar="PNG", help="Picture of the path, doubtful places on it.")
    ] = None,
    histogram: Annotated[
        Path | None, typer.Option(metavar="PNG", help="Picture of how probable the pairs are.")
    ] = None,
    encoding: Encoding = None,
    date: CreationDate = None,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List all doubtful pairs and omissions.")
    ] = False,
) -> None:
    """Align a text with its translation.

    Example: aligner align article.en.md article.ru.md -o article.tmx -o article.tsv
    """
    with one_line_errors():
        from aligner import pipeline, plots, report
        from aligner.outputs import check_filtered, check_target, write
        from aligner.writers.dates import creation_date
        from aligner.writers.files import STDOUT, WriteOptions, check_not_read

        targets = out or [STDOUT]
        written = WriteOptions(VERSION, creation_date(date, os.environ), min_probability)
        for target in targets:
            check_target(target)
            check_not_read(target, (first, second, lock))
        check_filtered(targets, written)
        pictures = plots.Pictures(plot, histogram)
        pictures.check()
        started = time.monotonic()
        with progress(quiet) as watcher:
            options = pipeline.Options(
                AlignSettings(max_size),
                source,
                model,
                encoding,
                any_language,
                watcher,
                lock or (),
            )
            alignment = pipeline.align_paths(first, second, options, sentences)
        for target in targets:
            dropped = write(alignment, target, written)
            if dropped and not quiet:
                typer.echo(f"{target}: left out {dropped} characters XML cannot carry", err=True)
        pictures.write(alignment)
        if not quiet:
            seconds = time.monotonic() - started
            typer.echo(report.summary(alignment, seconds, verbose, written), err=True)


@app.command()
def segment(
    file: Annotated[Path, typer.Argument(help="The text.")],
    lang: Annotated[
        Language | None, typer.Option(help="Its language; found out without it.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write: .txt, or .jsonl (offsets).")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show which rule decided each possible boundary.")
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Split a text into sentences, one a line, an empty line between paragraphs.

    Example: aligner segment article.ru.md -o article.jsonl
    """
    with one_line_errors():
        from aligner import pipeline, report
        from aligner.writers.files import check_not_read
        from aligner.writers.segments import text_lines, write_segments

        if out is not None:
            check_not_read(out, (file,))
        segmented = pipeline.segment_file(file, lang, encoding)
        for notice in report.misnamed(segmented.document):
            typer.echo(notice, err=True)
        if explain:
            lines = report.explanations(pipeline.explained(segmented.document))
        elif out is None:
            lines = text_lines(segmented)
        else:
            write_segments(segmented, out)
            return
        for line in lines:
            typer.echo(line)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="The right links: .jsonl, or lines [0]:[0, 1].")],
    test: Annotated[Path, typer.Argument(help="The links to score, in the same form.")],
) -> None:
    """Score links against gold links: strict and lax precision, recall and F1.

    Example: aligner evaluate gold.jsonl links.txt
    """
    with one_line_errors():
        from aligner import report
        from aligner.evaluate import evaluate_files

        typer.echo(report.scores_table(evaluate_files(gold, test)))
