"""The studio's settings: read once from the environment, then passed down. Nothing else reads the environment."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _home_folder(variable: str, fallback: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / fallback) / "troupe"


class Settings(BaseSettings):
    """Where things lie on this desk, and the keys that this person brought along."""

    model_config = SettingsConfigDict(env_prefix="TROUPE_", frozen=True, extra="ignore", use_attribute_docstrings=True)

    config_folder: Path = Field(default_factory=lambda: _home_folder("XDG_CONFIG_HOME", ".config"))
    """Preferences, and sign-ins where the system has no keyring."""
    cache_folder: Path = Field(default_factory=lambda: _home_folder("XDG_CACHE_HOME", ".cache"))
    """What can be built again: the embedding model's graph."""
    server_timeout: timedelta = timedelta(seconds=30)
    """How long one request to the server may take."""
    password: SecretStr | None = None
    """For `troupe sign-in` in scripts; otherwise it is asked for."""
    keyring: bool = True
    """Whether sign-ins are kept in the system's keyring; switched off, in a file that only you can read."""
    software_rendering: bool | None = None
    """Draw as on a machine without a graphics card: coarser in motion, 30 frames a second. None: found out itself."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    """Rehearse with OpenAI's models."""
    openai_base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    """Another address that speaks OpenAI's wire."""
    anthropic_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("ANTHROPIC_API_KEY"))
    """Rehearse with Anthropic's models."""
    anthropic_base_url: str | None = Field(default=None, validation_alias=AliasChoices("ANTHROPIC_BASE_URL"))
    """Another address that speaks Anthropic's wire."""

    @property
    def models_folder(self) -> Path:
        """Where the embedding model's graph is kept."""
        return self.cache_folder / "models"


@dataclass(frozen=True)
class First:
    """What the studio does once its window is open."""

    project: Path | None = None
    """A project's folder to open."""
    demo: str | None = None
    """A demo character to open instead."""
    picture: Path | None = None
    """Where to keep a picture of the window, after which the studio leaves by itself."""

    @property
    def opens(self) -> bool:
        """Whether there will be something on the stage."""
        return self.project is not None or self.demo is not None


def choose_opengl_platform(platform: str) -> None:
    """Tell PyOpenGL which window system it is on; it decides at import, so call this before any OpenGL is loaded.

    Args:
        platform: Qt's platform name, such as `xcb` or `wayland`; `surfaceless` for no window system at all.
    """
    if platform in {"wayland", "surfaceless", "eglfs"}:
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
    elif platform == "xcb":
        os.environ.setdefault("PYOPENGL_PLATFORM", "glx")
