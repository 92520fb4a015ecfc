"""Makes `models/checks.json`: what speaks for a gap in a translation, and for its quality.

    python -m models.checks_training             # from the repository root, some minutes
    python -m models.checks_training --check     # rebuild and compare with the file
    python -m models.checks_training --report    # quality of the file on what was held out

Learns from the data in ../shared (`--shared`); no text of theirs goes into the model. The
same texts and machine give the same file. Needs scipy (`pip install '.[dev]'`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from aligner.checks.model import Model, load_model
from aligner.errors import InputError
from models.checks_training.learning import built, report

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "checks.json"
SHARED = ROOT.parent / "shared"


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds, checks or reports; the exit code is 1 where `--check` finds a difference."""
    parser = argparse.ArgumentParser(description="Makes models/checks.json.")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with the data")
    parser.add_argument("--check", action="store_true", help="compare with the file, write none")
    parser.add_argument("--report", action="store_true", help="quality on what was held out")
    options = parser.parse_args(arguments)
    if not options.shared.is_dir():
        raise InputError(f"{options.shared}: no such folder; name it with --shared")
    if options.report:
        sys.stdout.write("\n".join(report(options.shared, load_model())) + "\n")
        return 0
    text = as_json(built(options.shared))
    if options.check:
        same = MODEL.read_text(encoding="utf-8") == text
        sys.stdout.write(f"{MODEL.name}: {'is what the data give' if same else 'differs'}\n")
        return 0 if same else 1
    MODEL.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{MODEL.name}: written\n")
    return 0


def as_json(model: Model) -> str:
    """The file's text: a weight a line, so that a change shows as what it is."""
    return json.dumps(asdict(model), indent=1) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
