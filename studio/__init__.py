"""The designer's desk: look at an avatar, give it meaning, rehearse it, publish it."""
