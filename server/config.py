"""What the operator may set. Read once in `__main__`, frozen, and passed down; nobody imports it as a global."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_REPOSITORY = Path(__file__).resolve().parent.parent
_MINIMUM_SECRET_CHARACTERS = 32


class Settings(BaseSettings):
    """The server's settings: every field from `TROUPE_` and its name in capitals, unless it has a name of its own.

    Without `database_url` the server runs an embedded PostgreSQL in `data_folder`. Production refuses to start on
    what is only fit for a desk: embedded database, generated secret, plain-text public address.
    """

    model_config = SettingsConfigDict(
        env_prefix="TROUPE_", frozen=True, extra="ignore", populate_by_name=True, use_attribute_docstrings=True
    )

    environment: Literal["development", "test", "production"] = "development"
    """`production` refuses unsafe defaults."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8460, ge=0, le=65_535)
    """Port to listen on; 0 takes a free one."""
    public_url: str = ""
    """Scheme, host and port under which visitors reach the server; empty: `http://HOST:PORT`."""
    data_folder: Path = Path(".troupe")
    """Where embedded database, blobs and the generated secret lie."""
    widget_folder: Path = _REPOSITORY / "widget" / "dist"
    """The built widget."""
    model_folder: Path | None = None
    """Where the built-in embedding model lies; empty: `models` in `data_folder`."""

    secret: SecretStr | None = None
    """Signs tokens and makes the database roles' passwords; 32 characters or more. Embedded: generated and kept."""
    previous_secret: SecretStr | None = None
    """The secret before this one: tokens signed with it stay valid until they end."""

    database_url: SecretStr | None = None
    """`postgresql://` address of a superuser, used at start to make the three roles and to migrate."""
    pool_size: int = Field(default=10, ge=1)
    """Database connections of one process that obey row-level security."""
    platform_pool_size: int = Field(default=3, ge=1)
    """Database connections of one process that see every tenant: sign-in and operations only."""
    database_timeout: timedelta = timedelta(seconds=5)
    """How long to wait for a database connection before saying that it is away."""

    blob_url: str = ""
    """Object store, such as `s3://bucket/prefix`; empty: the folder `blobs` in `data_folder`."""
    blob_endpoint: str = ""
    """Address of an S3-compatible store that is not AWS."""
    blob_access_key: str = ""
    """Access key of the object store."""
    blob_secret_key: SecretStr | None = None
    """Secret key of the object store."""
    blob_region: str = "us-east-1"
    """Region of the object store."""
    blob_limit_bytes: int = 256 * 1024 * 1024
    """Largest blob that is taken."""
    part_limit_bytes: int = 4 * 1024 * 1024
    """Largest part of a resumable upload, and largest request body."""

    redis_url: SecretStr | None = None
    """Redis, when there is more than one server process."""

    access_lifetime: timedelta = timedelta(minutes=10)
    """How long an access token is valid."""
    refresh_lifetime: timedelta = timedelta(days=30)
    """How long a sign-in lasts without being used."""
    refresh_grace: timedelta = timedelta(seconds=15)
    """How long a used refresh token is still honoured: two tabs, or a retry after a lost answer."""
    sign_in_limit: str = "10/minute"
    """Sign-in attempts per e-mail address; five times as many per network address."""

    visitor_limit: str = "20/minute"
    """Questions of one visitor."""
    embed_limit: str = "600/minute"
    """Questions of all visitors of one embed."""

    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """Key for OpenAI."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Another address that speaks OpenAI's protocol."""
    anthropic_api_key: SecretStr | None = Field(default=None, validation_alias="ANTHROPIC_API_KEY")
    """Key for Anthropic."""
    anthropic_base_url: str | None = Field(default=None, validation_alias="ANTHROPIC_BASE_URL")
    """Another address that speaks Anthropic's protocol."""
    compatible_base_url: str | None = None
    """Address of any other server that speaks OpenAI's protocol."""
    compatible_api_key: SecretStr | None = None
    """Key for that server."""

    run_jobs: bool = True
    """Whether this process also works on background jobs."""
    job_concurrency: int = Field(default=2, ge=1)
    """Background jobs at a time in this process."""
    log_format: Literal["console", "json"] = "console"
    """How logs are written."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe event that is logged."""

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        if self.secret and len(self.secret.get_secret_value()) < _MINIMUM_SECRET_CHARACTERS:
            raise ValueError(f"TROUPE_SECRET needs {_MINIMUM_SECRET_CHARACTERS} characters or more.")
        if self.database_url and not self.secret:
            raise ValueError("TROUPE_DATABASE_URL needs TROUPE_SECRET: servers that share a database share a secret.")
        if self.environment == "production":
            self._refuse_what_is_for_desks()
        return self

    def _refuse_what_is_for_desks(self) -> None:
        if not self.database_url:
            raise ValueError("Production needs TROUPE_DATABASE_URL: the embedded database is for desks.")
        if not self.public_url.startswith("https://"):
            raise ValueError("Production needs TROUPE_PUBLIC_URL, starting with https://.")

    @property
    def embedded(self) -> bool:
        """Whether the server runs its own PostgreSQL."""
        return self.database_url is None

    @property
    def origin(self) -> str:
        """The public address without a slash at its end."""
        # An address that means "all of this machine's" is none that a browser could open.
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return self.public_url.rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def blobs_folder(self) -> Path:
        """Where blobs lie when no object store is set."""
        return self.data_folder / "blobs"

    @property
    def models_folder(self) -> Path:
        """Where the built-in embedding model lies."""
        return self.model_folder or self.data_folder / "models"

    @property
    def signing_secret(self) -> str:
        """The secret; `__main__` makes one for the embedded case before anything asks for it."""
        assert self.secret is not None
        return self.secret.get_secret_value()


def kept_secret(settings: Settings) -> SecretStr:
    """The secret of a server on a desk: made once, and kept in the data folder for its owner alone."""
    file = settings.data_folder / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return SecretStr(file.read_text().strip())
