"""What was used: rows that are only ever added, each once, with tokens and cost in millionths of a dollar."""
