"""Where a sign-in is kept: the system's keyring, or a file that only this user can read where there is none."""

import hashlib
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from shared.contract.base import Frozen
from shared.contract.sync import Tokens
from studio.files.atomic import write_atomically

SERVICE = "troupe"


class KeptSignIn(Frozen):
    """Who is signed in to a server, with the tokens."""

    server: str
    email: str
    tokens: Tokens
    name: str = ""
    tenant_name: str = ""
    role: str = ""


class Vault(Protocol):
    """Keeps one sign-in per server."""

    def load(self, server: str) -> KeptSignIn | None:
        """The sign-in to `server`; None when there is none."""

    def save(self, kept: KeptSignIn) -> None:
        """Keep a sign-in in place of the earlier one."""

    def forget(self, server: str) -> None:
        """Drop the sign-in to `server`, if there is one."""


class FileVault:
    """Sign-ins as files of mode 0600, one per server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, server: str) -> Path:
        return self._folder / f"sign-in-{hashlib.sha256(server.encode()).hexdigest()[:16]}.json"

    def load(self, server: str) -> KeptSignIn | None:
        """The sign-in to `server`; a damaged file counts as none."""
        try:
            kept = KeptSignIn.model_validate_json(self._path(server).read_bytes())
        except (OSError, ValidationError):
            return None
        return kept if kept.server == server else None

    def save(self, kept: KeptSignIn) -> None:
        """Keep a sign-in. Raises: OSError: the disk refused."""
        write_atomically(self._path(kept.server), kept.model_dump_json().encode(), private=True)

    def forget(self, server: str) -> None:
        """Drop the sign-in to `server`, if there is one."""
        self._path(server).unlink(missing_ok=True)


class KeyringVault:
    """Sign-ins in the system's keyring."""

    def load(self, server: str) -> KeptSignIn | None:
        """The sign-in to `server`; a damaged entry counts as none."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return KeptSignIn.model_validate_json(keyring.get_password(SERVICE, server) or "")
        except (KeyringError, ValidationError):
            return None

    def save(self, kept: KeptSignIn) -> None:
        """Keep a sign-in."""
        import keyring

        keyring.set_password(SERVICE, kept.server, kept.model_dump_json())

    def forget(self, server: str) -> None:
        """Drop the sign-in to `server`, if there is one."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, server)
        except (PasswordDeleteError, KeyringError):
            return


def open_vault(folder: Path, *, use_keyring: bool) -> Vault:
    """The system's keyring where there is a working one, else files in `folder`."""
    if not use_keyring:
        return FileVault(folder)
    import keyring

    # Priorities below 1 are stand-ins: the one that fails, the one without encryption.
    return KeyringVault() if keyring.get_keyring().priority >= 1 else FileVault(folder)
