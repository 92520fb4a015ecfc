"""Commands on translation memories, `aligner tm …`: options in, one library call, results out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from aligner.settings import DEFAULT_SIZE, AlignSettings
from aligner.terminal import (
    BAD_INPUT,
    EncoderName,
    Encoding,
    MaxSize,
    MemoryFile,
    Quiet,
    Source,
    one_line_errors,
    progress,
)

tm = typer.Typer(no_args_is_help=True, help="Translation memories: build, clean, search, exchange.")

Date = Annotated[
    str | None, typer.Option(help="Date of the change, such as 2026-11-24; now without it.")
]
Metadata = Annotated[
    list[str] | None,
    typer.Option("--meta", metavar="KEY=VALUE", help="More metadata. May be repeated."),
]
JsonOutput = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@tm.command()
def add(
    memory: MemoryFile,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[EN RU]",
            help="A text and its translation, or one with both; or files of pairs: "
            ".tmx, .tsv, .csv, .jsonl.",
        ),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="All pairs in a folder: x.en.md and x.ru.md, en/x …"),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="A list of pairs, with columns en and ru, name, client …"),
    ] = None,
    name: Annotated[
        str, typer.Option(help="What the memory calls the document; its paths without it.")
    ] = "",
    client: Annotated[str, typer.Option(help="For whom it was translated.")] = "",
    domain: Annotated[str, typer.Option(help="What it is about.")] = "",
    meta: Metadata = None,
    jobs: Annotated[int, typer.Option(help="Processes that align.")] = 1,
    again: Annotated[
        bool, typer.Option("--again", help="Align anew what is there already.")
    ] = False,
    source: Source = None,
    model: EncoderName = None,
    max_size: MaxSize = DEFAULT_SIZE,
    encoding: Encoding = None,
    date: Date = None,
    quiet: Quiet = False,
) -> None:
    """Add documents to a memory, which is made if it is not there. Twice changes nothing.

    Exit code 2 if any document failed; the others are in the memory.

    Example: aligner tm add work.tm --pairs delivered/ --client ACME
    """
    with one_line_errors():
        from aligner import delivery, memory_report
        from aligner.pairing import deliveries
        from aligner.pipeline import Options
        from aligner.translation_memory import Memory, metadata
        from aligner.writers.dates import date_of_change

        options = Options(AlignSettings(max_size), source, model, encoding)
        found = deliveries(files or [], pairs, manifest, name, memory)
        known = metadata(meta or [], client=client, domain=domain)
        when = date_of_change(date, os.environ)
        with Memory.open(memory) as opened:
            outcomes = []
            with progress(quiet, "documents") as watcher:
                plan = delivery.Plan(when, options, known, jobs, again, watcher)
                for outcome in opened.deliver(found.found, plan):
                    if outcome.change is None:
                        typer.echo(memory_report.outcome_line(outcome), err=True)
                    outcomes.append(outcome)
            with progress(quiet, "index") as watcher:
                opened.update_index(watcher)  # now, so that the first search need not
            total = memory_report.memory_line(len(opened), len(opened.documents()))
        if not quiet:
            typer.echo(memory_report.delivery_summary(outcomes, found.alone, total), err=True)
        if any(outcome.change is None for outcome in outcomes):
            raise typer.Exit(BAD_INPUT)


@tm.command()
def clean(
    memory: MemoryFile,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; show what would go and why.")
    ] = False,
    skip: Annotated[
        list[str] | None,
        typer.Option(metavar="REASON", help="A reason that is none here. May be repeated."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="REASON", help="The only reason to go. May be repeated."),
    ] = None,
    min_probability: Annotated[
        float, typer.Option(metavar="P", help="Pairs below are improbable.")
    ] = 0.5,
    max_ratio: Annotated[
        float, typer.Option(metavar="N", help="One side may be so many times as long.")
    ] = 3.0,
    json_: JsonOutput = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All units and conflicts, not a few.")
    ] = False,
    date: Date = None,
    quiet: Quiet = False,
) -> None:
    """Merge duplicates, take out bad units, list conflicts. What goes is kept in the history.

    Reasons: duplicate, near duplicate, probability, wordless, damaged, identical, language,
    length, numbers. Units that someone has confirmed stay.

    Example: aligner tm clean work.tm --dry-run
    """
    with one_line_errors():
        from aligner import memory_report
        from aligner.memory.cleaning import CleanSettings
        from aligner.memory.filters import Limits
        from aligner.translation_memory import Memory

        settings = CleanSettings.of(Limits(min_probability, max_ratio), only or (), skip or ())
        with Memory.open(memory, create=False) as opened:
            done = opened.clean(settings, dry_run=dry_run, date=date)
        if json_:
            typer.echo(memory_report.as_json(done.as_dict()))
        elif not quiet:
            typer.echo(memory_report.cleaning_summary(done, dry_run, verbose))


@tm.command()
def remove(
    memory: MemoryFile,
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT…", help="Names, as `tm documents` lists them, or files of theirs."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; show what would go.")
    ] = False,
    date: Date = None,
    quiet: Quiet = False,
) -> None:
    """Take documents out of a memory, all of them or none. Their units go into the history.

    Example: aligner tm remove work.tm 'articles/old.{en,ru}.md' --dry-run
    """
    with one_line_errors():
        from aligner import memory_report
        from aligner.translation_memory import Memory

        with Memory.open(memory, create=False) as opened:
            done = opened.remove(*documents, dry_run=dry_run, date=date)
            total = memory_report.memory_line(len(opened), len(opened.documents()))
        if not quiet:
            typer.echo(memory_report.removal_summary(done, dry_run, total))


@tm.command()
def stats(memory: MemoryFile, json_: JsonOutput = False) -> None:
    """A memory in numbers: units, words, documents, kinds, probabilities, growth.

    Example: aligner tm stats work.tm --json
    """
    with one_line_errors():
        from aligner import memory_report
        from aligner.translation_memory import Memory

        with Memory.open(memory, create=False) as opened:
            found = opened.statistics()
        text = (
            memory_report.as_json(found.as_dict())
            if json_
            else memory_report.statistics_text(found)
        )
        typer.echo(text)


@tm.command()
def documents(memory: MemoryFile) -> None:
    """The documents of a memory: name, version, units, date, metadata.

    Example: aligner tm documents work.tm
    """
    with one_line_errors():
        from aligner import memory_report
        from aligner.translation_memory import Memory

        with Memory.open(memory, create=False) as opened:
            for line in memory_report.document_lines(opened.documents()):
                typer.echo(line)


@tm.command()
def history(
    memory: MemoryFile,
    document: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of this document only.")
    ] = None,
) -> None:
    """The units that are gone: replaced by a new version, merged, or cleaned out, and when.

    Example: aligner tm history work.tm
    """
    with one_line_errors():
        from aligner import memory_report
        from aligner.translation_memory import Memory

        with Memory.open(memory, create=False) as opened:
            for line in memory_report.history_lines(opened.history(document)):
                typer.echo(line)
