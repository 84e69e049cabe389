"""What the paid SDKs are given alike: an import that does not hold up the event loop, and their time limits."""

import asyncio
import importlib
import sys
from typing import Final

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 60.0
"""Longer than any turn waits for a token: the turn's own limits speak first."""


async def load_sdk(module: str) -> None:
    """Import a provider's SDK in a thread, once: it takes up to three seconds."""
    if module not in sys.modules:
        await asyncio.to_thread(importlib.import_module, module)
