"""The command `aligner check`: options in, one library call, results out.

Exit codes: 0 nothing as serious as `--fail-on` was found, 1 something was, 2 bad input,
option or output, 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.settings import DEFAULT_SIZE, AlignSettings
from aligner.terminal import (
    EncoderName,
    Encoding,
    MaxSize,
    Quiet,
    Source,
    one_line_errors,
    progress,
)

if TYPE_CHECKING:
    from aligner.issues import Checked

FOUND = 1
Names = Annotated[
    list[str] | None,
    typer.Option(metavar="NAMES", help="Checks or families, with commas between."),
]


def check(
    first: Annotated[
        Path | None,
        typer.Argument(help="A text, or pairs: .tsv, .csv, .tmx, .jsonl, a memory."),
    ] = None,
    second: Annotated[Path | None, typer.Argument(help="Its translation.")] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", "-o", help="Report: .html, .tsv, .json, .sarif. May be repeated."),
    ] = None,
    only: Names = None,
    skip: Names = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=LEVEL", help="error, warning, advisory or off; repeatable."),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "advisory", "never"] | None,
        typer.Option(help="Exit with 1 where something so serious is found; error without it."),
    ] = None,
    glossary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Terms: .tsv (en, ru, status) or .tbx.")
    ] = None,
    ignore: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Marks of what to say no more.")
    ] = None,
    ignore_found: Annotated[
        bool, typer.Option("--ignore-found", help="Add all that is found to the file of --ignore.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(metavar="TOML", help="Settings; else aligner.toml or pyproject.toml here."),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(metavar="CHECK", help="Say what a check does; “all” lists the checks."),
    ] = None,
    source: Source = None,
    model: EncoderName = None,
    max_size: MaxSize = DEFAULT_SIZE,
    encoding: Encoding = None,
    quiet: Quiet = False,
) -> None:
    """Find what is wrong in a translation, most serious first.

    Example: aligner check article.en.md article.ru.md -o report.json
    """
    with one_line_errors():
        from aligner import checking
        from aligner.check_config import CheckConfig, configured
        from aligner.checks.settings import settings_of
        from aligner.outputs import check_report_target, write_report
        from aligner.pipeline import Options
        from aligner.writers.files import check_not_read

        if explain is not None:
            _explain(explain)
            return
        given = CheckConfig(settings_of(only or (), skip or (), severity or ()), glossary, ignore)
        chosen = configured(config).joined(given, fail_on)
        files = checking.sources(first, second)
        for target in out or ():
            check_report_target(target)
            check_not_read(target, (*files, chosen.glossary, chosen.ignore))
        with progress(quiet) as watcher:
            align = Options(AlignSettings(max_size), source, model, encoding, watcher=watcher)
            checked = checking.check_files(
                *files,
                checking.CheckOptions(
                    chosen.settings, chosen.glossary, chosen.ignore, align, ignore_found
                ),
            )
        for target in out or ():
            write_report(checked, target)
        _show(checked, table=not out, quiet=quiet)
    if checked.fails(chosen.fail_on):
        raise typer.Exit(FOUND)


def _explain(name: str) -> None:
    from aligner import check_report
    from aligner.checks.registry import REGISTRY, check_named

    if name == "all":
        for line in check_report.overview(REGISTRY):
            typer.echo(line)
    else:
        typer.echo(check_report.explanation(check_named(name)))


def _show(checked: Checked, table: bool, quiet: bool) -> None:
    """The table on standard output where no file was asked for, the summary beside it."""
    from aligner import check_report

    if table and checked.issues:
        from rich.console import Console

        console = Console(file=sys.stdout)
        if not console.is_terminal:
            console.width = check_report.WIDTH
        colour = console.is_terminal and not console.no_color
        console.print(check_report.issue_table(checked, colour))
    if not quiet:
        typer.echo(check_report.check_summary(checked), err=True)
