"""The built-in embedding: all-MiniLM-L6-v2 as an int8 ONNX graph, built once from the packaged weights.

Texts are run one at a time. The int8 activations are scaled per call, so neighbours in a batch would change a text's
vector; alone, the same text always gets the same vector, and without padding it is no slower.
Run `python -m shared.knowledge.minilm FOLDER` to build the graph ahead of the first use.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from shared.errors import Unavailable
from shared.knowledge.embedder import Vectors
from shared.knowledge.kinship import load_words
from shared.knowledge.weights import check_digest, load_tokenizer, packaged

if TYPE_CHECKING:
    import onnxruntime

DIMENSIONS = 384
_LAYERS, _HEADS = 6, 12
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_GRAPH_FILE = "minilm-l6-v2.int8.1.onnx"
"""The number is the graph's: raise it when `bert_graph` or the quantising changes."""

_SHIPPED_GRAPH = Path(__file__).parent / _GRAPH_FILE
"""A bundle for machines without Python brings the graph built: what builds it is not in the bundle."""

_ENGLISH_TRUST = 1.0
_OTHER_TRUST = 0.2
"""Measured on German, where words find 0.868 at rank 1 and these vectors 0.570: they may only break ties."""

Progress = Callable[[float, str], None]


class MiniLm:
    """An `Embedder` that needs no key, no network and no torch."""

    name = "minilm-l6-v2-int8"
    dimensions = DIMENSIONS

    def __init__(self, cache_folder: Path) -> None:
        """Load the graph from `cache_folder`, building it there first if need be (4 s).

        Raises: Unavailable: the packaged weights are missing or not the ones we know, or the folder takes no file.
        """
        # Programs that only speak of this class need not have its runtime.
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

        graph = prepare(cache_folder)
        try:
            self._session = _session(graph)
        except (Fail, InvalidGraph, InvalidProtobuf):
            graph.unlink(missing_ok=True)
            self._session = _session(prepare(cache_folder))
        self._tokenizer = load_tokenizer()
        # Half a second: here, off the event loop, and not at the first question.
        load_words()

    def trust(self, language: str) -> float:
        """Say how far to trust the vectors against the words: the model has read English only."""
        return _ENGLISH_TRUST if language.partition("-")[0].lower() == "en" else _OTHER_TRUST

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts` in one thread. Returns: (N, 384) float32, rows of length 1."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            tokens = {
                "input_ids": np.array([encoding.ids], np.int64),
                "attention_mask": np.array([encoding.attention_mask], np.int64),
            }
            vectors[row] = self._session.run(["embedding"], tokens)[0][0]
        return vectors


def prepare(cache_folder: Path, progress: Progress = lambda _share, _sentence: None) -> Path:
    """Build the graph in `cache_folder` unless it lies there already.

    Args:
        progress: told the share done, in [0, 1], and a sentence about what comes next.
    Returns: the graph's file.
    Raises: Unavailable: the weights are missing or not the ones we know, or the folder takes no file.
    """
    graph = _SHIPPED_GRAPH if _SHIPPED_GRAPH.is_file() else cache_folder / _GRAPH_FILE
    if graph.is_file():
        progress(1.0, "The embedding model is ready.")
        return graph
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_folder, prefix="building-") as folder:
            # A second process may build at the same time: the last rename wins, and both files are the same.
            os.replace(_build(Path(folder), progress), graph)
    except OSError as error:
        raise Unavailable(
            f"The embedding model cannot be written to {cache_folder} ({error.strerror}): free space there, or choose "
            "another folder."
        ) from error
    progress(1.0, "The embedding model is ready.")
    return graph


def _build(folder: Path, progress: Progress) -> Path:
    # Only building needs these: they take a second to import.
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    from shared.knowledge.bert_graph import sentence_encoder
    from shared.knowledge.safetensors import read_safetensors

    progress(0.0, "Checking the weights of the embedding model.")
    weights = packaged("model.safetensors")
    check_digest(weights.read_bytes(), _WEIGHTS_SHA256, weights.name)
    progress(0.1, "Building the embedding model.")
    model = sentence_encoder(read_safetensors(weights), _LAYERS, _HEADS)
    add_pre_process_metadata(model)
    whole, small = folder / "whole.onnx", folder / "small.onnx"
    onnx.save(model, str(whole))
    progress(0.4, "Making the embedding model small and fast.")
    # reduce_range: without it AVX2 processors overflow 16 bits, and cosine to the original falls from 0.99 to 0.93.
    quantize_dynamic(whole, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    return small


def _session(graph: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime

    # Some builds report to their maker what is run; nothing of ours leaves this machine.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Two threads on two cores would starve the event loop that waits for the answer.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _tell(share: float, sentence: str) -> None:
    sys.stdout.write(f"{share:4.0%}  {sentence}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Build the graph in the folder that is the only argument; 2 with one line when that fails."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m shared.knowledge.minilm FOLDER\n")
        return 2
    try:
        prepare(Path(arguments[0]), _tell)
    except Unavailable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
