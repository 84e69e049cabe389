"""Loopback servers that speak the wires of paid providers."""
