"""What the routes of accounts and tenants say, beside the contract's own models."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contract.base import Frozen, ShortText
from shared.contract.sync import MemberRole, SignIn


class MemberView(Frozen):
    """A member of the tenant."""

    account_id: UUID
    email: str
    name: str
    role: MemberRole


class NewMember(SignIn):
    """A colleague's new account, with a first password that is handed over in person."""

    name: ShortText = ""
    role: Annotated[MemberRole, Field(description="What the colleague may do.")] = "designer"


class RoleChange(Frozen):
    """Another role for a member."""

    role: MemberRole
