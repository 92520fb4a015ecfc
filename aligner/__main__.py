"""`python -m aligner`, for those whose PATH lacks the command."""

from aligner.cli import app

app()
