"""The steps that make a fresh machine ready. Standard library only: nothing is installed yet when they run."""
