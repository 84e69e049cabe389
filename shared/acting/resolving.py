"""From a role to the clips that may play it: down the fallback chain, never to a wrong gesture."""

from collections import deque

from shared.acting.vocabulary import FALLBACKS
from shared.contract.acting import ActingMap, Role, RoleClip


def fallback_chain(role: Role) -> tuple[Role, ...]:
    """The role and everything that may stand in for it, nearest first."""
    chain: list[Role] = []
    ahead = deque([role])
    while ahead:
        nearest = ahead.popleft()
        if nearest not in chain:
            chain.append(nearest)
            ahead.extend(FALLBACKS[nearest])
    return tuple(chain)


def playable(role: Role, acting: ActingMap) -> tuple[RoleClip, ...]:
    """The clips mapped to exactly this role, without the hidden ones."""
    return tuple(
        choice
        for choice in acting.roles.get(role, ())
        if choice.clip not in acting.clips or not acting.clips[choice.clip].hidden
    )


def resolved_role(role: Role, acting: ActingMap) -> Role | None:
    """The first role of the chain that the avatar has a clip for, or None."""
    return next((step for step in fallback_chain(role) if playable(step, acting)), None)


def resolve(role: Role, acting: ActingMap) -> tuple[RoleClip, ...]:
    """The clips that play a role in this avatar; empty means face and head only."""
    found = resolved_role(role, acting)
    return playable(found, acting) if found else ()
