"""The project's folder on disk, the autosave journal and the desk's preferences. Knows no screen and no server."""
