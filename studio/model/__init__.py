"""The project being edited: its draft, its history, what is still missing. Knows no screen and no disk."""
