"""Importing what is slow to import, without holding up the event loop."""

import asyncio
import importlib
import sys


async def load_sdk(module: str) -> None:
    """Import a provider's SDK in a thread, once: it takes up to three seconds."""
    if module not in sys.modules:
        await asyncio.to_thread(importlib.import_module, module)
