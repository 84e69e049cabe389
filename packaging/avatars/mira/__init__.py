"""Mira, a fox who guides visitors: her geometry, colours, face, bones and acting, all computed."""
