"""The layers hold: a module imports from lower layers only.

Reads the sources with `ast`; imports no part of the package. An import under
`if TYPE_CHECKING` or inside a function counts like any other, since it says who
knows whom; a name handed to `importlib` does not, since no source shows it.
"""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "aligner"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

TABLE = [  # lowest first; a package stands for all of its modules
    "errors",
    "records settings text",
    "issues",  # what checks say about pairs
    "readers language linkfiles",
    "segment embed alignment checks memory writers evaluate review pairing naming",
    "exchange pairfiles",  # units and pairs to the formats of other tools and back
    "pipeline report",
    "workers reviewing plots checking check_report check_config",  # several documents; issues
    "delivery applying outputs",  # files into a memory; decisions back into pairs
    "translation_memory memory_report search_report",  # what users have of a memory; in words
    "__init__",  # the public API: what `import aligner` means
    "terminal",  # what all commands share: one-line errors, the progress bar
    "cli_check cli_memory cli_exchange cli_review",  # commands in a module of their own
    "cli",
    "__main__",  # `python -m aligner` starts the command line
]
LAYER = {part: layer for layer, parts in enumerate(TABLE) for part in parts.split()}


def part_of(module: str) -> str:
    """ "aligner.readers.markdown" -> "readers"; the package itself is "__init__"."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported_parts(tree: ast.Module, file: str) -> set[str]:
    """The parts of the package that a file, named as "readers/plain.py", imports."""
    parts: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = imported_from(node, file)
        else:
            continue
        parts.update(part_of(name) for name in names if name.split(".")[0] == "aligner")
    return parts


def imported_from(node: ast.ImportFrom, file: str) -> list[str]:
    """The modules a `from … import …` names, a relative one made absolute."""
    source = node.module or ""
    if node.level:
        here = ["aligner", *file.removesuffix(".py").split("/")]
        source = ".".join([*here[: len(here) - node.level], *filter(None, [node.module])])
    if source != "aligner":
        return [source]
    named = [alias.name for alias in node.names]  # modules, or names of the public API
    return [f"aligner.{name}" if name in LAYER else "aligner" for name in named]


def layer_faults(source: str, file: str) -> list[str]:
    """What is wrong with a file's imports, in words; empty where all is well."""
    own = file.split("/")[0].removesuffix(".py")
    if own not in LAYER:
        return [f"{file}: {own} has no layer yet; add it to TABLE"]
    faults = []
    for part in sorted(imported_parts(ast.parse(source), file) - {own}):
        if part not in LAYER:
            faults.append(f"{file} imports {part}, which has no layer yet; add it to TABLE")
        elif LAYER[part] >= LAYER[own]:
            faults.append(f"{file} (layer {LAYER[own]}) imports {part} (layer {LAYER[part]})")
    return faults


def call_faults(source: str, file: str) -> list[str]:
    """Calls that this package never makes: `print`, and `splitlines` on anything.

    stdout belongs to the result; `splitlines` also cuts at U+2028, U+0085 and others.
    """
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id == "print":
            faults.append(f"{file}, line {node.lineno}: print; the command line uses typer.echo")
        elif isinstance(node, ast.Attribute) and node.attr == "splitlines":
            faults.append(f'{file}, line {node.lineno}: splitlines; use split("\\n")')
    return faults


@pytest.mark.parametrize("file", MODULES)
def test_a_module_imports_from_lower_layers_only(file) -> None:
    assert layer_faults((PACKAGE / file).read_text(encoding="utf-8"), file) == []


@pytest.mark.parametrize("file", MODULES)
def test_no_print_and_no_splitlines(file) -> None:
    assert call_faults((PACKAGE / file).read_text(encoding="utf-8"), file) == []


def test_the_package_was_found() -> None:
    assert {"__init__.py", "errors.py", "records.py", "readers/__init__.py"} <= set(MODULES)


@pytest.mark.parametrize(
    ("file", "source", "wrong"),
    [
        ("alignment/search.py", "import aligner.embed.use", "embed"),  # layer 3 meets in pipeline
        ("evaluate.py", "from aligner.writers.links import write_links", "writers"),
        ("records.py", "from aligner.text import cleaned", "text"),  # the same layer
        ("errors.py", "from aligner import records", "records"),
        ("pipeline.py", "from aligner import align_files", "__init__"),  # the public API
        ("pipeline.py", "import aligner", "__init__"),
        ("readers/plain.py", "from .. import language", "language"),
        ("readers/plain.py", "from ..language import language_of", "language"),
        ("readers/__init__.py", "from ..writers.tsv import write_tsv", "writers"),
        ("text.py", "def f():\n    from aligner.cli import app", "cli"),
        ("text.py", "if TYPE_CHECKING:\n    from aligner.report import summary", "report"),
        ("cli.py", "import aligner.utils", "utils"),  # no layer
        ("utils.py", "import re", "utils"),
    ],
)
def test_a_wrong_import_is_caught(file, source, wrong) -> None:
    (fault,) = layer_faults(source, file)
    assert file in fault
    assert wrong in fault


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (
            "alignment/search.py",
            "from aligner.alignment.scores import cosine",
        ),  # within one package
        ("alignment/search.py", "from .scores import cosine"),
        ("alignment/__init__.py", "from . import search"),
        ("cli.py", "import aligner, aligner.report\nfrom aligner import align_files"),
        ("__init__.py", "from . import pipeline\nfrom .records import Link"),
        ("__main__.py", "from aligner.cli import app"),
        ("errors.py", "import re\nfrom collections import abc\nimport aligner_extras"),
    ],
)
def test_a_right_import_passes(file, source) -> None:
    assert layer_faults(source, file) == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("print('да')", 1),
        ("lines = text.splitlines(keepends=True)", 1),
        ("for line in read(path).splitlines():\n    print(line)", 2),
        ("list(map(str.splitlines, texts))", 1),
        ("console.print(table)\nlines = text.split('\\n')\nfingerprint(text)", 0),
    ],
)
def test_a_forbidden_call_is_caught(source, count) -> None:
    assert len(call_faults(source, "writers/tsv.py")) == count
