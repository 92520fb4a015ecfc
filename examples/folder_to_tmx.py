"""Make a TMX of every pair NAME.en.md and NAME.ru.md in a folder.

Run it as: python examples/folder_to_tmx.py FOLDER
"""

import sys
from pathlib import Path

import aligner
from aligner.errors import AlignerError


def main(folder: Path) -> None:
    for english in sorted(folder.glob("*.en.md")):
        name = english.name.removesuffix(".en.md")
        russian = folder / f"{name}.ru.md"
        try:
            alignment = aligner.align_files(english, russian)
            aligner.write(alignment, folder / f"{name}.tmx")
        except AlignerError as error:  # one bad pair does not stop the rest
            print(f"{name}: {error}", file=sys.stderr)
        else:
            print(f"{name}.tmx: {len(alignment.links)} links")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
