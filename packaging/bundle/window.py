"""The bundle's `troupe-studio`."""

from studio.__main__ import main

if __name__ == "__main__":
    main()
