"""`troupe-studio [PROJECT]`: opens the studio's window."""

import argparse
import sys
from pathlib import Path

from studio.app import open_studio
from studio.config import Settings


def main() -> None:
    """Read the command line, then open the window."""
    parser = argparse.ArgumentParser(prog="troupe-studio", description="Turn a GLB into a character that talks.")
    parser.add_argument("project", nargs="?", type=Path, help="a project's folder to open at once")
    arguments = parser.parse_args()
    sys.exit(open_studio(Settings(), arguments.project))


if __name__ == "__main__":
    main()
