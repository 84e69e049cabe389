"""What the studio and the server both are: the contract and the performance.

Knows neither of them, nor any framework, database or screen.
"""
