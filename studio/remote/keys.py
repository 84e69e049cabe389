"""Keys of model providers: in the system's keyring alone. Without one they stay in memory, and go with the program.

Never in a project, in preferences or in a log; the repr of a key shows none.
"""

import json
from dataclasses import dataclass

from shared.errors import Unavailable
from shared.providers.choosing import PAID, Paid

SERVICE = "troupe"
NO_KEYRING = (
    "This machine has no keyring, so a key is kept until Troupe is closed and never written to disk. "
    "Set OPENAI_API_KEY or ANTHROPIC_API_KEY to have it at every start."
)


@dataclass(frozen=True, slots=True, repr=False)
class KeptKey:
    """What reaches a provider. `address` empty is its own; `model` is asked for when a project names none."""

    key: str
    address: str = ""
    model: str = ""


class KeyVault:
    """Keeps one key per provider. Blocking: a keyring may ask the person to unlock it.

    Args:
        use_keyring: off, keys stay in memory.
    """

    def __init__(self, *, use_keyring: bool) -> None:
        self._use_keyring = use_keyring
        self._durable: bool | None = None
        self._memory: dict[Paid, KeptKey] = {}

    @property
    def durable(self) -> bool:
        """Is there a keyring, so that a key is there again after the next start?"""
        if self._durable is None:
            self._durable = self._use_keyring and _has_keyring()
        return self._durable

    def load_all(self) -> dict[Paid, KeptKey]:
        """All keys; a damaged entry counts as none."""
        kept = ((provider, self._load(provider)) for provider in PAID)
        return {provider: key for provider, key in kept if key is not None}

    def save(self, provider: Paid, kept: KeptKey) -> None:
        """Keep a key in place of the earlier one.

        Raises: Unavailable: the keyring refused; nothing is kept.
        """
        if not self.durable:
            self._memory[provider] = kept
            return
        import keyring
        from keyring.errors import KeyringError

        text = json.dumps({"key": kept.key, "address": kept.address, "model": kept.model})
        try:
            keyring.set_password(SERVICE, _entry(provider), text)
        except KeyringError as error:
            raise Unavailable("The keyring refused the key: unlock it, then try again.") from error

    def forget(self, provider: Paid) -> None:
        """Drop a key, if there is one."""
        self._memory.pop(provider, None)
        if not self.durable:
            return
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(SERVICE, _entry(provider))
        except KeyringError:
            return

    def _load(self, provider: Paid) -> KeptKey | None:
        if not self.durable:
            return self._memory.get(provider)
        import keyring
        from keyring.errors import KeyringError

        try:
            kept = json.loads(keyring.get_password(SERVICE, _entry(provider)) or "null")
        except (KeyringError, ValueError):
            return None
        if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
            return None
        return KeptKey(kept.get("key", ""), kept.get("address", ""), kept.get("model", ""))


def _entry(provider: Paid) -> str:
    return f"model:{provider}"


def _has_keyring() -> bool:
    import keyring

    # Priorities below 1 are stand-ins: the one that fails, the one without encryption.
    return keyring.get_keyring().priority >= 1
