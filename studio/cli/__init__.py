"""`troupe` on the command line: what the studio does, without a window, for scripts and CI."""

import sys

from studio.cli.entry import run


def main() -> None:
    """Run one command and leave with its exit code: 0 done, 1 not possible now, 2 bad input."""
    sys.exit(run(sys.argv[1:]))
