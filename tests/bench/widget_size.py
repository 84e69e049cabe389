"""What the widget weighs: brotli of loader, chat shell and 3D runtime, as `npm run build` made them."""

import json
from pathlib import Path

WIDGET = Path(__file__).resolve().parents[2] / "widget"
STAGE = "src/stage/mount.ts"
SPRITES = "src/stage/sprites.ts"
FRAME = "src/frame/frame.ts"
PARTS = {"loader": "embed.js, brotli", "chat": "chat shell, brotli", "stage": "3D runtime, brotli"}


class WidgetNotBuilt(Exception):
    """There is no `widget/dist` to weigh."""

    def __init__(self) -> None:
        super().__init__("widget/dist is missing: run `npm ci && npm run build` in widget/.")


def run() -> list[dict[str, object]]:
    """One row for each part, with its promise from `widget/budget.json`.

    Raises: WidgetNotBuilt: the widget was not built.
    """
    budget: dict[str, int] = json.loads((WIDGET / "budget.json").read_text(encoding="utf-8"))
    weighed = sizes()
    return [
        {"what": PARTS[part], "value": weighed[part], "unit": "bytes", "promise": str(budget[part])} for part in weighed
    ]


def sizes() -> dict[str, int]:
    """Bytes of brotli of each part.

    Raises: WidgetNotBuilt: the widget was not built.
    """
    dist = WIDGET / "dist"
    if not (dist / "embed.js.br").exists():
        raise WidgetNotBuilt
    manifest = json.loads((dist / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    shell = _files(manifest, FRAME, {STAGE, SPRITES})
    stage = (_files(manifest, STAGE, set()) | _files(manifest, SPRITES, set())) - shell
    return {part: _weight(dist, files) for part, files in (("loader", {"embed.js"}), ("chat", shell), ("stage", stage))}


def _files(manifest: dict[str, dict[str, object]], key: str, seen: set[str]) -> set[str]:
    """The files that an entry brings with it, at once and later, without what `seen` names."""
    if key in seen or key not in manifest:
        return set()
    seen.add(key)
    chunk = manifest[key]
    found = {str(chunk["file"])}
    for kind in ("imports", "dynamicImports"):
        following = chunk.get(kind, [])
        assert isinstance(following, list)
        for other in following:
            found |= _files(manifest, str(other), seen)
    return found


def _weight(dist: Path, files: set[str]) -> int:
    return sum((dist / f"{file}.br").stat().st_size for file in files)
