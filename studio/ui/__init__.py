"""All that is Qt: the window, its panels, the viewport, the theme, and the one loop that runs them."""
