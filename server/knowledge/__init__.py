"""Documents on their way into the index, and the search of what has arrived there."""
