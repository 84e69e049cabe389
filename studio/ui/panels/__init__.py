"""The panels at the right: each shows one section of the document and asks it for changes."""
