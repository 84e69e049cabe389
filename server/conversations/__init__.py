"""Conversations of visitors with chatbots: asked over Socket.IO, performed by `shared.dialogue`, kept for the designer.

A turn belongs to its conversation, not to a connection: it goes on when the socket closes, and whoever comes back gets
its events again from a numbered buffer, or from the stored turn.
"""
