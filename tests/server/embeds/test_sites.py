"""Sites: exact scheme, host and port; a wildcard is one whole label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.embeds.sites import allowed_sites, is_allowed, site_of
from shared.errors import BadRequest


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://Example.com", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:80", "http://example.com"),
        ("http://localhost:8460", "http://localhost:8460"),
        ("http://127.0.0.1:8460", "http://127.0.0.1:8460"),
        ("http://[::1]:8460", "http://[::1]:8460"),
        ("https://*.example.com", "https://*.example.com"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(text: str, site: str) -> None:
    assert site_of(text) == site


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "example.com", "ftp://example.com", "https://", "https://example.com/path", "https://a b.com",
        "https://user@example.com", "https://example.com:0", "https://example.com:70000", "https://*.*.example.com",
        "https://a.*.com", "https://*", "https://exa;mple.com", "https://example.com, https://evil.com",
        "javascript://example.com", "https://example.com\nX: y", "https://.example.com", "https://*example.com",
    ],
)  # fmt: skip
def test_anything_else_is_no_site(text: str) -> None:
    assert site_of(text) is None
    with pytest.raises(BadRequest, match="is not a site"):
        allowed_sites([text])


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://example.com", True),
        ("https://EXAMPLE.com:443", True),
        ("http://example.com", False),
        ("https://example.com:8443", False),
        ("https://www.example.com", False),
        ("https://example.com.evil.com", False),
        ("https://evilexample.com", False),
        ("https://a.shop.example", True),
        ("https://shop.example", False),
        ("https://a.b.shop.example", False),
        ("https://.shop.example", False),
        ("https://*.shop.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_very_site_is_allowed(origin: str, allowed: bool) -> None:
    assert is_allowed(origin, ["https://example.com", "https://*.shop.example"]) is allowed


def test_without_sites_nobody_is_allowed() -> None:
    assert not is_allowed("https://example.com", [])


@given(st.text(alphabet="htps:/*.-a[]0;, \n", max_size=40))
def test_a_site_never_breaks_out_of_a_header(text: str) -> None:
    site = site_of(text)
    assert site is None or not set(site) & set(";, \n\"'")
