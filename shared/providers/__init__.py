"""The paid edge: chat models behind one protocol, and the built-in understudy that needs no key."""
