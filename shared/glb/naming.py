"""Node names as three.js makes them: reserved characters gone, and a number where a name comes again."""

import re

from shared.glb.container import Json

# JavaScript's \s, which differs from Python's in a few characters.
_SPACE = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
_RESERVED = re.compile(r"[\[\].:/]")


def sanitise(name: str) -> str:
    """A node's name without the characters that three.js keeps for its track paths.

    Source: three.js r187, PropertyBinding.sanitizeNodeName.
    """
    return _RESERVED.sub("", _SPACE.sub("_", name))


def clip_name(animation: Json, number: int) -> str:
    """The name of an animation as three.js knows it."""
    return animation.get("name") or f"animation_{number}"


def node_names(document: Json) -> tuple[str, ...]:
    """A name for every node, in the order in which GLTFLoader hands them out; `node_3` for one without a name.

    Source: three.js r187, GLTFLoader.createUniqueName and the order of its calls.
    """
    return _Namer(document).names()


class _Namer:
    """Walks the scenes as GLTFLoader does, because the walk decides who gets the name and who the number."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._nodes = document.get("nodes") or []
        self._used: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._lights: set[int] = set()
        self._skins: set[int] = set()
        self._loaded: set[int] = set()

    def names(self) -> tuple[str, ...]:
        for scene in self._document.get("scenes") or []:
            if scene.get("name"):
                self._unique(scene["name"])
            self._walk(scene.get("nodes") or [])
        self._walk(range(len(self._nodes)))
        return tuple(self._names[node] or f"node_{node}" for node in range(len(self._nodes)))

    def _walk(self, roots: list[int] | range) -> None:
        # Children come before the skin of their parent: a negative entry is a skin that waits.
        waiting = list(reversed(roots))
        while waiting:
            entry = waiting.pop()
            if entry < 0:
                self._name_joints(-entry - 1)
            elif entry not in self._loaded:
                self._loaded.add(entry)
                self._name(entry)
                skin = self._nodes[entry].get("skin")
                waiting += [] if skin is None else [-skin - 1]
                waiting += reversed(self._nodes[entry].get("children") or [])

    def _name_joints(self, skin: int) -> None:
        if skin not in self._skins:
            self._skins.add(skin)
            for joint in self._document["skins"][skin]["joints"]:
                self._name(joint)

    def _name(self, number: int) -> None:
        if number in self._names:
            return
        node = self._nodes[number]
        self._names[number] = self._unique(node["name"]) if node.get("name") else ""
        if node.get("camera") is not None:
            camera = self._document["cameras"][node["camera"]]
            if camera.get("name"):
                self._unique(camera["name"])
        self._name_light(node)

    def _name_light(self, node: Json) -> None:
        reference = (node.get("extensions") or {}).get("KHR_lights_punctual")
        light = reference.get("light") if isinstance(reference, dict) else None
        lights = ((self._document.get("extensions") or {}).get("KHR_lights_punctual") or {}).get("lights")
        if type(light) is not int or light in self._lights or not isinstance(lights, list):
            return
        if 0 <= light < len(lights) and isinstance(lights[light], dict):
            self._lights.add(light)
            self._unique(str(lights[light].get("name") or f"light_{light}"))

    def _unique(self, name: str) -> str:
        clean = sanitise(name)
        if clean not in self._used:
            self._used[clean] = 0
            return clean
        self._used[clean] += 1
        return f"{clean}_{self._used[clean]}"
