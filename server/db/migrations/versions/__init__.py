"""One script per feature and change, in order of their numbers."""
