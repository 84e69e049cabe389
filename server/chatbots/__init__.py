"""Chatbots: the draft with its revision, immutable releases, and the channels that point at them."""
