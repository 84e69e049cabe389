"""Frozen models of all that crosses a wire or lies in a file.

The lowest floor of the house: it imports nothing of ours. `schema.py` turns it into TypeScript for the widget.
"""
