"""One turn of a conversation: `open_turn` is the whole surface."""
