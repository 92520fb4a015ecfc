"""`python -m aligner`, and what the installed command starts.

Ctrl-C ends the program quietly and with one exit code at any moment: while the command
line is still being imported, in its work (`terminal.one_line_errors`), and after it.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> None:
    """Import the command line and run it."""
    try:
        from aligner.cli import app

        app()
    except KeyboardInterrupt:
        _leave()
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:
            _leave()
        raise
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is written: too late to interrupt


def _leave() -> NoReturn:
    """Ends the process here.

    Where the interrupt came inside an `exec` (a dataclass in the making), `python -m` would
    end by the signal itself, -2 to a parent process, although it was caught (CPython 3.11).
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
