"""WebAssembly modules and their memory. Knows nothing of what they compute."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from wasmtime import Engine, Func, Instance, Memory, Module, Store, Trap, WasmtimeError

from shared.errors import Unavailable

ModuleName = Literal["decoder", "encoder", "simplifier"]
MODULE_FOLDER = Path(__file__).parent
"""Where the set-up lays `decoder.wasm`, `encoder.wasm` and `simplifier.wasm`; a bundle must carry them along."""
MOST_MEMORY = 1 << 30


class Stumbled(Exception):
    """The module trapped, or asked for more memory than it gets."""


class Sandbox:
    """One run of a module: its functions by name, and a stack of memory that is given back when the run ends."""

    def __init__(self, name: ModuleName) -> None:
        engine, module = _compiled(name)
        self._store = Store(engine)
        self._store.set_limits(memory_size=MOST_MEMORY)
        self._exports = Instance(self._store, module, []).exports(self._store)
        memory = self._exports["memory"]
        assert isinstance(memory, Memory)
        self._memory = memory
        self.call("__wasm_call_ctors")

    def call(self, name: str, *arguments: float) -> Any:
        """Call a function of the module.

        Raises: Stumbled: it trapped.
        """
        function = self._exports[name]
        assert isinstance(function, Func)
        try:
            return function(self._store, *arguments)
        except (Trap, WasmtimeError) as error:
            raise Stumbled(name) from error

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Give back whatever is taken inside."""
        before = self.call("sbrk", 0)
        try:
            yield
        finally:
            self.call("sbrk", before - self.call("sbrk", 0))

    def room(self, size: int) -> int:
        """Take so many bytes, on a 16 byte boundary, and return their address.

        Raises: Stumbled: there is no such room.
        """
        if size > MOST_MEMORY:
            raise Stumbled("sbrk")
        place = int(self.call("sbrk", (size + 15) & ~15)) & 0xFFFFFFFF
        if place == 0xFFFFFFFF:
            raise Stumbled("sbrk")
        return place

    def put(self, rows: NDArray[Any]) -> int:
        """Lay an array into the memory and return its address."""
        content = np.ascontiguousarray(rows).tobytes()
        place = self.room(len(content))
        self._memory.write(self._store, content, place)
        return place

    def take(self, place: int, size: int) -> bytes:
        """Copy bytes out of the memory."""
        return bytes(self._memory.read(self._store, place, place + size))


@cache
def _compiled(name: ModuleName) -> tuple[Engine, Module]:
    file = MODULE_FOLDER / f"{name}.wasm"
    if not file.exists():
        raise Unavailable("Packed avatars need meshopt, which is not set up here: run python3 packaging/dev.py run.")
    engine = Engine()
    return engine, Module(engine, file.read_bytes())
