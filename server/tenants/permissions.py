"""Who may do what: one table, read by routes and shown by `GET /api/me`."""

from typing import get_args

from shared.contract.sync import MemberRole, Permission

_MAKES: frozenset[Permission] = frozenset({"read", "edit", "publish", "embed"})
PERMISSIONS: dict[MemberRole, frozenset[Permission]] = {
    "designer": _MAKES,
    "admin": _MAKES | {"manage_members"},
    "owner": frozenset(get_args(Permission)),
}
"""`edit`: drafts, blobs, documents. `publish`: releases and channels. `embed`: embeds and their sites."""
