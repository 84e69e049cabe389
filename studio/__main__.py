"""`troupe-studio [PROJECT]`: opens the studio's window."""

import argparse
import sys
from pathlib import Path

from shared.demos import SLUGS
from studio.app import open_studio
from studio.config import First, Settings


def main() -> None:
    """Read the command line, then open the window."""
    parser = argparse.ArgumentParser(prog="troupe-studio", description="Turn a GLB into a character that talks.")
    parser.add_argument("project", nargs="?", type=Path, help="a project's folder to open at once")
    parser.add_argument("--demo", choices=SLUGS, help="open a demo character as a project of your own")
    parser.add_argument("--picture", type=Path, metavar="PNG", help="keep a picture of the window, then leave")
    arguments = parser.parse_args()
    sys.exit(open_studio(Settings(), First(arguments.project, arguments.demo, arguments.picture)))


if __name__ == "__main__":
    main()
