"""Commands that look into a memory or carry it elsewhere: `tm search`, `export`, `import`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.terminal import (
    BAD_INPUT,
    CreationDate,
    Language,
    MemoryFile,
    Quiet,
    one_line_errors,
    progress,
)


def register(tm: typer.Typer) -> None:
    """Make these commands of `aligner tm`."""
    tm.command()(search)
    tm.command()(export)
    tm.command("import")(import_)


def search(
    memory: MemoryFile,
    words: Annotated[
        list[str],
        typer.Argument(metavar="TEXT", help="A sentence, or words for --concordance."),
    ],
    from_: Annotated[
        Language | None,
        typer.Option("--from", help="Language of the text; seen by its letters without it."),
    ] = None,
    threshold: Annotated[
        int, typer.Option(metavar="PERCENT", help="Least match; 100: only the same text.")
    ] = 70,
    limit: Annotated[int, typer.Option(help="Most results.")] = 10,
    concordance: Annotated[
        bool,
        typer.Option(
            "--concordance", help="Units that have the words in any form; in quotes: together."
        ),
    ] = False,
    semantic: Annotated[
        bool, typer.Option("--semantic", help="Units of like meaning, in either language.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME_OR_PATH", help="A sentence-transformers model for --semantic."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="The results as JSON.")] = False,
    quiet: Quiet = False,
) -> None:
    """Find a text in a memory: exact and fuzzy matches with the difference in colour.

    Example: aligner tm search work.tm "The train is late." --threshold 60
    """
    with one_line_errors():
        from aligner import search_report
        from aligner.errors import InputError
        from aligner.translation_memory import Memory

        if concordance and semantic:
            raise InputError("--concordance and --semantic are two searches; give one of them")
        text = " ".join(words)
        coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        look = search_report.Look(coloured, json_)
        with Memory.open(memory, create=False) as opened:
            if concordance:
                lines = search_report.concordance_lines(opened.concordance(text, limit), look)
            elif semantic:
                with progress(quiet, "vectors") as watcher:
                    near = opened.nearest(text, limit, model=model, watcher=watcher)
                lines = search_report.near_lines(near, look)
            else:
                matches = opened.matches(text, lang=from_, threshold=threshold, limit=limit)
                lines = search_report.match_lines(matches, text, look)
                if not matches and not quiet:
                    typer.echo(search_report.no_match(threshold), err=True)
            for line in lines:
                typer.echo(line)


def export(
    memory: MemoryFile,
    out: Annotated[
        list[Path],
        typer.Option(
            "--out",
            "-o",
            help="File to write: .tmx, .tsv, .jsonl, .xlsx, .xlf (XLIFF), or .en for .en and .ru "
            "line by line. May be repeated.",
        ),
    ],
    document: Annotated[
        str | None, typer.Option(help="Only units of the document of this name.")
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Only units that someone has confirmed.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only units changed on this day or later.")
    ] = None,
    min_probability: Annotated[
        float, typer.Option(metavar="P", help="Only units at least so probable.")
    ] = 0.0,
    xliff: Annotated[Literal["1.2", "2.1"], typer.Option(help="Version of XLIFF files.")] = "1.2",
    date: CreationDate = None,
    quiet: Quiet = False,
) -> None:
    """Write a memory, or a part of it, for other tools. The same units make the same bytes.

    Example: aligner tm export work.tm -o work.tmx -o review.xlf --since 2026-11-01
    """
    with one_line_errors():
        from aligner import search_report
        from aligner.exchange.files import check_export
        from aligner.memory.selection import Selection
        from aligner.translation_memory import Memory
        from aligner.writers.dates import creation_date

        first = creation_date(since, {}) if since else None
        selection = Selection(document, confirmed, first, min_probability)
        with Memory.open(memory, create=False) as opened:
            for path in out:
                check_export(path)
            for path in out:
                done = opened.export(path, selection, date=date, xliff=xliff)
                if not quiet:
                    typer.echo(search_report.exported_line(path, done), err=True)


def import_(
    memory: MemoryFile,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="TMX 1.1 to 1.4, XLIFF 1.2 or 2, .xlsx, .tsv, .csv, .jsonl."
        ),
    ],
    client: Annotated[str, typer.Option(help="For whom it was translated.")] = "",
    domain: Annotated[str, typer.Option(help="What it is about.")] = "",
    meta: Annotated[
        list[str] | None,
        typer.Option("--meta", metavar="KEY=VALUE", help="More metadata. May be repeated."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Date of the change, such as 2026-11-24; now without it.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Bring the units of other tools into a memory. The same file again changes nothing.

    An XLIFF that was exported from this memory and reviewed in a CAT tool confirms and changes
    its units instead; what they were is kept in the history.

    What cannot be read is named with its line, and the rest comes in. Exit code 2 if a file
    cannot be read at all; the others are in the memory.

    Example: aligner tm import work.tm agency.tmx glossary.xlsx --client ACME
    """
    with one_line_errors():
        from aligner import search_report
        from aligner.errors import InputError
        from aligner.translation_memory import Memory, metadata

        known = metadata(meta or [], client=client, domain=domain)
        failed = 0
        with Memory.open(memory) as opened:
            for path in files:
                try:
                    done = opened.import_file(path, metadata=known, date=date)
                except InputError as error:
                    failed += 1
                    typer.echo(f"failed: {error}", err=True)
                    continue
                for line in search_report.imported_lines(done, quiet):
                    typer.echo(line, err=True)
            with progress(quiet, "index") as watcher:
                opened.update_index(watcher)
        if failed:
            raise typer.Exit(BAD_INPUT)
