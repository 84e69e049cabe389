"""Which sites may show an embed: scheme, host and port match exactly; a wildcard stands for one whole label."""

import re
from collections.abc import Iterable

from shared.errors import BadRequest

_ORIGIN = re.compile(
    r"^(https?)://((?:\*\.)?(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)*[a-z0-9\-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$"
)
_USUAL_PORTS = {"http": "80", "https": "443"}
_HIGHEST_PORT = 65_535
_WILDCARD = "*."


def site_of(text: str) -> str | None:
    """An origin as browsers write it, in lower case and without its usual port; None for anything else."""
    found = _ORIGIN.match(text.strip().rstrip("/").lower())
    if found is None:
        return None
    scheme, host, port = found.groups()
    if not port or port == _USUAL_PORTS[scheme]:
        return f"{scheme}://{host}"
    return f"{scheme}://{host}:{int(port)}" if 0 < int(port) <= _HIGHEST_PORT else None


def allowed_sites(texts: Iterable[str]) -> list[str]:
    """Sites as an embed keeps them, each once.

    Raises: BadRequest: one of them is no origin.
    """
    sites = []
    for text in texts:
        site = site_of(text)
        if site is None:
            raise BadRequest(
                f"{text} is not a site: write scheme, host and port only, such as https://www.example.com."
            )
        sites.append(site)
    return list(dict.fromkeys(sites))


def is_allowed(site: str, sites: Iterable[str]) -> bool:
    """Whether an origin, as a browser sends it, is among the sites."""
    asked = site_of(site)
    return asked is not None and _WILDCARD not in asked and any(_matches(asked, each) for each in sites)


def _matches(asked: str, site: str) -> bool:
    if _WILDCARD not in site:
        return asked == site
    scheme, _, rest = asked.partition("://")
    label, _, parent = rest.partition(".")
    return bool(label) and f"{scheme}://{_WILDCARD}{parent}" == site
