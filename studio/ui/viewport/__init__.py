"""The viewport: the stage in a Qt widget, the actor who plays on it, and the bar below to steer by."""
