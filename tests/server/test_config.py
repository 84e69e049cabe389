"""Settings: what is only fit for a desk does not start in production."""

import pytest
from pydantic import ValidationError

from server.config import Settings, kept_secret

SECRET = "s" * 32
GOOD = {
    "environment": "production", "secret": SECRET, "database_url": "postgresql://postgres:x@db/troupe",
    "public_url": "https://troupe.example.com",
}  # fmt: skip


def test_production_starts_with_everything_given() -> None:
    settings = Settings.model_validate(GOOD)

    assert (settings.embedded, settings.origin) == (False, "https://troupe.example.com")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"database_url": None}, "TROUPE_DATABASE_URL"), ({"secret": None}, "TROUPE_SECRET"),
     ({"secret": "short"}, "32 characters"), ({"public_url": "http://troupe.example.com"}, "https://"),
     ({"public_url": ""}, "https://")],
)  # fmt: skip
def test_production_refuses_what_is_fit_for_a_desk(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Settings.model_validate(GOOD | change)


def test_secrets_are_not_shown() -> None:
    assert SECRET not in repr(Settings.model_validate(GOOD))


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_desks_secret_is_made_once_and_kept(tmp_path: object) -> None:
    settings = Settings.model_validate({"data_folder": tmp_path})
    once, again = kept_secret(settings), kept_secret(settings)

    assert once.get_secret_value() == again.get_secret_value()
    assert (settings.data_folder / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("host", "origin"),
    [("127.0.0.1", "http://127.0.0.1:8460"), ("0.0.0.0", "http://127.0.0.1:8460"), ("::1", "http://[::1]:8460")],
)
def test_the_origin_is_an_address_that_a_browser_can_open(host: str, origin: str) -> None:
    assert Settings.model_validate({"host": host, "public_url": ""}).origin == origin
