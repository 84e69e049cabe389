"""Rehearsing on the desk: the project's own knowledge, and the same turn that the server performs."""
