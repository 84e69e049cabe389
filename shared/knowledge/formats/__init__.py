"""One module for each kind of file: bytes in, blocks out."""
