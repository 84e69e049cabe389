"""Documents become passages that know their place; questions find the passages that answer them.

`documents` reads a file, `passages` splits it, `minilm` embeds, `ranking` orders, `library` says what a turn may ask.
It knows no database: the server and the studio each bring a `Library` of their own.
"""
