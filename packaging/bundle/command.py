"""The bundle's `troupe`."""

from studio.cli import main

if __name__ == "__main__":
    main()
