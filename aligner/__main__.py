"""`python -m aligner`, for those whose PATH lacks the command.

Ctrl-C while the command line is still being imported ends the program as quietly as
later on (`cli.one_line_errors`), with the same exit code.
"""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Import the command line and run it."""
    try:
        from aligner.cli import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is written: too late to interrupt


if __name__ == "__main__":
    main()
