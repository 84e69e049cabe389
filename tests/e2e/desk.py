"""A designer at her desk: makes projects and publishes them by `troupe`, as a script or CI would."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.running import MODELS, ROOT, SCRIPTS, RunningServer

AVATAR = ROOT / "packaging" / "avatars" / "pip.glb"
PASSWORD = "a-long-password-of-tests"
QUICK = ("--lighter", "off", "--pictures", "poster")
"""What is made of an avatar takes seconds, and is tested where it is made."""


@dataclass(frozen=True)
class Desk:
    """One designer with an account of her own on one server."""

    server: RunningServer
    home: Path
    email: str

    def troupe(self, *words: str | Path) -> str:
        """Run `troupe` with a home of its own and return what it printed."""
        done = subprocess.run(
            [str(SCRIPTS / "troupe"), *map(str, words)],
            cwd=self.home,
            env={**os.environ, **self.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"troupe {' '.join(map(str, words))}: {done.stderr or done.stdout}"
        return done.stdout

    def environment(self) -> Mapping[str, str]:
        """What this desk sets for the processes that it starts."""
        return {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "TROUPE_KEYRING": "false",
            "TROUPE_PASSWORD": PASSWORD,
            "TROUPE_CACHE_FOLDER": str(MODELS.parent),
        }

    def sign_up(self) -> None:
        """Make the account and its tenant."""
        self.troupe("sign-up", "--server", self.server.url, "--email", self.email, "--tenant", self.email)

    def make_project(self, name: str, documents: Mapping[str, str], changes: Mapping[str, Any]) -> Path:
        """Make a project from the demo avatar, add documents, and write `changes` into its `chatbot.json`."""
        folder = self.home / name
        self.troupe("new", folder, "--avatar", AVATAR)
        texts = self.home / f"{name}-texts"
        texts.mkdir()
        for file, text in documents.items():
            (texts / file).write_text(text, encoding="utf-8")
        if documents:
            self.troupe("add", folder, *(texts / file for file in documents))
        chatbot = folder / "chatbot.json"
        draft = json.loads(chatbot.read_text(encoding="utf-8"))
        chatbot.write_text(json.dumps(_merged(draft, {"name": name, **changes})), encoding="utf-8")
        return folder

    def publish(self, folder: Path, sites: Sequence[str], made: Sequence[str] = QUICK) -> dict[str, Any]:
        """Publish a project for some sites; return what `troupe publish --json` says.

        Args:
            made: the options that say what is made of the avatar.
        """
        allowed = [word for site in sites for word in ("--site", site)]
        published: dict[str, Any] = json.loads(
            self.troupe("publish", folder, "--server", self.server.url, *allowed, *made, "--json")
        )
        return published


def _merged(old: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    nested = {
        key: _merged(old[key], value) if isinstance(value, Mapping) and isinstance(old.get(key), dict) else value
        for key, value in changes.items()
    }
    return {**old, **nested}
