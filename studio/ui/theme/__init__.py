"""How the studio looks: tokens, style sheet, icons, and following the system's dark and light."""
