"""Embeds: a chatbot on somebody's site, the pages and media that visitors load, and their tokens.

It knows nothing of conversations: `visits.Conversations` says what it asks of them, and `app.py` brings them together.
"""
