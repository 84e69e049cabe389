"""The real widget on this desk: its built page over the draft, served on the loopback address only. Knows no Qt."""
