"""Align the lighthouse article with its translation and look at what came out."""

from pathlib import Path

import aligner

HERE = Path(__file__).parent
DOUBTFUL = 0.5  # a link more likely wrong than right


def main() -> None:
    alignment = aligner.align_files(HERE / "lighthouse.en.md", HERE / "lighthouse.ru.md")

    for pair in alignment.pairs():
        print(f"[{pair.kind}] {pair.src or '(nothing in English)'}")
        print(f"      {pair.tgt or '(nothing in Russian)'}\n")

    print("Look at these first:")
    for pair in alignment.pairs():
        if pair.probability < DOUBTFUL or not (pair.src and pair.tgt):
            print(f"  {pair.probability:.2f}  {pair.src} | {pair.tgt}")

    frame = alignment.to_frame()  # a pandas DataFrame, a row for each pair
    print("\n" + frame["kind"].value_counts().to_string())


if __name__ == "__main__":
    main()
