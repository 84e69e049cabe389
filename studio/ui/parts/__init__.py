"""Small widgets that the panels are built of. They know the theme, and nothing of projects."""
