"""The process that reads one document: limits itself, reads standard input, answers as JSON on standard output.

Started by `reading.py`. In: length of a JSON object (4 bytes, little endian), the object, then the document's bytes.
"""

import json
import struct
import sys
from typing import Any

from shared.errors import BadDocument

_MEMORY_BYTES = 2 * 1024**3
_PROCESSOR_SECONDS = 110
"""Below the time that the parent waits, so that a busy loop ends even when the parent has died."""


def main() -> int:
    """Read, parse, split, answer."""
    _limit()
    given = sys.stdin.buffer.read()
    (length,) = struct.unpack_from("<I", given)
    asked: dict[str, str] = json.loads(given[4 : 4 + length])
    try:
        answer = _read(asked, given[4 + length :])
    except BadDocument as error:
        answer = {"problem": error.sentence}
    except MemoryError:
        answer = {"problem": f"{asked['name']} needs too much memory to read: split it."}
    sys.stdout.write(json.dumps(answer))
    return 0


def _read(asked: dict[str, str], content: bytes) -> dict[str, Any]:
    # Imported under the limit: what the parsers' libraries take counts too.
    from dataclasses import replace

    from shared.knowledge.documents import parse_document
    from shared.knowledge.languages import detect_language
    from shared.knowledge.passages import split

    parsed = parse_document(asked["name"], content, asked["media_type"])
    parsed = replace(parsed, title=asked["title"] or parsed.title)
    passages = [
        {
            "place": place, "text": passage.text, "context": passage.context, "page": passage.page,
            "heading": list(passage.heading), "starts": passage.start, "ends": passage.end,
        }
        for place, passage in enumerate(split(parsed))
    ]  # fmt: skip
    language = detect_language(parsed.text)
    return {"title": parsed.title, "language": language, "notes": list(parsed.notes), "passages": passages}


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
