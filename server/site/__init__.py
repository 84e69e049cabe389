"""Public pages: what runs here, and the pages of two made-up organisations that show their characters."""
