"""The face: which morph targets shape the mouth and close the eyes, which nodes are head, neck and eyes."""

from collections.abc import Iterable, Sequence

from shared.contract.acting import VISEMES, FaceRig, MouthTier, Viseme
from shared.glb.document import Glb
from shared.glb.words import squeezed, words_of

# Squeezed names per viseme, best first. Oculus ("viseme_aa"), VRChat ("vrc.v_aa"), VRM 1 ("aa", "ih"), VRM 0 and
# VRoid ("Fcl_MTH_A"), Character Creator ("V_Explosive", "B_M_P").
VISEME_ALIASES: dict[Viseme, tuple[str, ...]] = {
    "sil": ("visemesil", "vrcvsil"),
    "PP": ("visemepp", "vrcvpp", "vexplosive", "bmp"),
    "FF": ("visemeff", "vrcvff", "vdentallip", "fv"),
    "TH": ("visemeth", "vrcvth", "vtongueout", "th"),
    "DD": ("visemedd", "vrcvdd", "tldn"),
    "kk": ("visemekk", "vrcvkk", "kghng"),
    "CH": ("visemech", "vrcvch", "vaffricate", "chj"),
    "SS": ("visemess", "vrcvss", "vtight", "sz"),
    "nn": ("visemenn", "vrcvnn"),
    "RR": ("visemerr", "vrcvrr", "er"),
    "aa": ("visemeaa", "vrcvaa", "vopen", "fclmtha", "mtha", "aa", "ah", "a"),
    "E": ("visemee", "vrcve", "fclmthe", "mthe", "ee", "e"),
    "I": ("visemei", "vrcvih", "vwide", "fclmthi", "mthi", "ih", "i"),
    "O": ("visemeo", "vrcvoh", "vtighto", "fclmtho", "mtho", "oh", "o"),
    "U": ("visemeu", "vrcvou", "wvoo", "woo", "fclmthu", "mthu", "ou", "u"),
}
"""Names of one or two letters count only when at least four of the five vowels are there."""

# ARKit has no visemes, but shapes that come near to some.
_ARKIT_VISEMES: dict[Viseme, str] = {
    "aa": "jawopen", "O": "mouthfunnel", "U": "mouthpucker", "PP": "mouthclose", "FF": "mouthrolllower",
    "CH": "mouthfunnel",
}  # fmt: skip
_VOWELS: tuple[Viseme, ...] = ("aa", "E", "I", "O", "U")
_ENOUGH_VOWELS = 3
_OPEN = ("jawopen", "mouthopen", "openmouth", "mouthopened", "opened", "jaw", "fclmtha")
_BLINK_LEFT = ("eyeblinkleft", "blinkleft", "blinkl", "eyeblinkl", "eyeclosel", "eyeclosedleft", "fcleyeclosel")
_BLINK_RIGHT = ("eyeblinkright", "blinkright", "blinkr", "eyeblinkr", "eyecloser", "eyeclosedright", "fcleyecloser")
_BLINK_BOTH = ("blink", "eyesclosed", "eyeblink", "eyesclose", "eyeclose", "eyeclosed", "fcleyeclose", "blinking")

_NOT_A_BONE = frozenset(
    {
        "end", "top", "tip", "nub", "ik", "target", "control", "ctrl", "pole", "slot", "socket", "camera", "brow",
        "lid", "lash", "look", "constraint",
    }
)  # fmt: skip


def morph_names(glb: Glb, node: int) -> tuple[str, ...]:
    """The morph target names of a node's mesh; "0", "1"... where the file gives none, as three.js does."""
    mesh = glb.items("nodes")[node].get("mesh")
    if mesh is None:
        return ()
    entry = glb.items("meshes")[mesh]
    count = max((len(part.get("targets") or []) for part in entry["primitives"]), default=0)
    for holder in (entry, *entry["primitives"]):
        extras = holder.get("extras")
        names = extras.get("targetNames") if isinstance(extras, dict) else None
        if isinstance(names, list) and len(names) == count:
            return tuple(str(name) for name in names)
    return tuple(str(number) for number in range(count))


def morph_nodes(glb: Glb) -> dict[int, tuple[str, ...]]:
    """The nodes of the scene that have morph targets, with the names of these."""
    named = {node: morph_names(glb, node) for node in range(len(glb.items("nodes"))) if node in glb.skeleton.in_scene}
    return {node: names for node, names in named.items() if names}


def all_morphs(glb: Glb) -> tuple[str, ...]:
    """Every morph target name once, in file order."""
    return tuple(dict.fromkeys(name for names in morph_nodes(glb).values() for name in names))


def propose_face(glb: Glb) -> FaceRig:
    """Find mouth, eyelids, head, neck and eyes by name. Node names are three.js' (`Glb.node_names`)."""
    morphs = {squeezed(name): name for name in reversed(all_morphs(glb))}
    visemes = _visemes(morphs)
    mouth_open = _first(morphs, _OPEN) or visemes.get("aa")
    jaw = find_bone(glb, ("jaw",))
    return FaceRig(
        mouth_tier=_tier(visemes, mouth_open, jaw),
        visemes=visemes,
        mouth_open=mouth_open,
        jaw=None if jaw is None else glb.node_names[jaw],
        blink=_blink(morphs),
        head=_name(glb, find_bone(glb, ("head",))),
        neck=_name(glb, find_bone(glb, ("neck",))),
        eyes=_eyes(glb),
    )


def find_bone(glb: Glb, any_of: Sequence[str], side: Iterable[str] = ()) -> int | None:
    """The node that carries one of these words (the earlier the better) and, if given, one of the words of a side.

    Joints come before other nodes, short names before long ones; ends, targets and controls are passed over.
    """
    wanted_side = frozenset(side)
    found: list[tuple[bool, int, int, int]] = []
    for number, node in enumerate(glb.items("nodes")):
        words = words_of(node.get("name") or "")
        rank = next((place for place, word in enumerate(any_of) if word in words), None)
        if rank is None or number not in glb.skeleton.in_scene or _NOT_A_BONE.intersection(words):
            continue
        # The node of a skinned mesh stands still, whatever its name promises.
        if node.get("skin") is None and (not wanted_side or wanted_side.intersection(words)):
            found.append((number not in glb.joints, rank, len(words), number))
    return min(found)[3] if found else None


LEFT = ("l", "left")
RIGHT = ("r", "right")


def _visemes(morphs: dict[str, str]) -> dict[Viseme, str]:
    short = sum(any(alias in morphs for alias in VISEME_ALIASES[vowel] if len(alias) < 3) for vowel in _VOWELS) >= 4
    found: dict[Viseme, str] = {}
    for viseme in VISEMES:
        name = _first(morphs, [alias for alias in VISEME_ALIASES[viseme] if short or len(alias) > 3])
        if name is not None:
            found[viseme] = name
    if not found and "jawopen" in morphs and "mouthfunnel" in morphs:
        found = {viseme: morphs[alias] for viseme, alias in _ARKIT_VISEMES.items() if alias in morphs}
    return found


def _tier(visemes: dict[Viseme, str], mouth_open: str | None, jaw: int | None) -> MouthTier:
    if sum(vowel in visemes for vowel in _VOWELS) >= _ENOUGH_VOWELS:
        return "visemes"
    return "open" if mouth_open is not None or jaw is not None else "none"


def _blink(morphs: dict[str, str]) -> tuple[str, ...]:
    left, right = _first(morphs, _BLINK_LEFT), _first(morphs, _BLINK_RIGHT)
    if left is not None and right is not None:
        return (left, right)
    both = _first(morphs, _BLINK_BOTH)
    return () if both is None else (both,)


def _eyes(glb: Glb) -> tuple[str, ...]:
    pair = [find_bone(glb, ("eye", "eyeball"), side) for side in (LEFT, RIGHT)]
    return tuple(glb.node_names[eye] for eye in pair if eye is not None)


def _first(morphs: dict[str, str], aliases: Iterable[str]) -> str | None:
    return next((morphs[alias] for alias in aliases if alias in morphs), None)


def _name(glb: Glb, node: int | None) -> str | None:
    return None if node is None else glb.node_names[node]
