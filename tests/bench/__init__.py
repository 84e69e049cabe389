"""What the design promises, measured: `python -m tests.bench NAME --json`. Ratios against a peer in the same run."""
