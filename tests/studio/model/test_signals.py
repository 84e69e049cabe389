"""The model's signals."""

from studio.model.signals import Signal


def test_a_listener_taken_away_in_mid_call_is_not_called() -> None:
    signal = Signal[[int]]()
    heard: list[str] = []

    def first(number: int) -> None:
        heard.append(f"first {number}")
        disconnect()

    signal.connect(first)
    disconnect = signal.connect(lambda number: heard.append(f"second {number}"))
    signal.emit(1)
    disconnect()

    assert heard == ["first 1"]
