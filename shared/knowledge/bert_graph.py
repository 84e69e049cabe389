"""Builds the ONNX graph of a BERT sentence encoder from its weights, pooling and length normalising inside.

So the product needs no torch: onnx writes the graph once, onnxruntime runs it.
Source: Devlin et al. 2019, BERT; Reimers and Gurevych 2019, Sentence-BERT (mean pooling).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from shared.knowledge.safetensors import Tensors

OPSET = 20
"""The first with Gelu as one operator."""
_IR_VERSION = 10
_LAYER_NORM_EPSILON = 1e-12
_SMALLEST_LENGTH = 1e-9
_MASKED = -1e4
"""Added to the attention of padding: far below any real score, and still finite."""


class _Graph:
    """Nodes and constants in the making; each method returns the name of what it adds."""

    def __init__(self, tensors: Tensors, heads: int) -> None:
        self.tensors = tensors
        self.heads = heads
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name, **attributes))
        return name

    def constant(self, name: str, value: npt.ArrayLike, kind: type[np.generic] = np.float32) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def dense(self, inputs: str, layer: str) -> str:
        matrix = self.constant(f"{layer}.transposed", self.tensors[f"{layer}.weight"].T)
        return self.add("Add", self.add("MatMul", inputs, matrix), self.weight(f"{layer}.bias"))

    def normalised(self, inputs: str, layer: str) -> str:
        scale, bias = self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")
        return self.add("LayerNormalization", inputs, scale, bias, axis=-1, epsilon=_LAYER_NORM_EPSILON)

    def shaped(self, inputs: str, shape: Sequence[int]) -> str:
        name = "shape_" + "_".join(str(length) for length in shape)
        return self.add("Reshape", inputs, self.constant(name, shape, np.int64))


def sentence_encoder(tensors: Tensors, layers: int, heads: int) -> ModelProto:
    """Build the encoder.

    Args:
        tensors: weights by their BERT names; the matrices are (out, in), as saved.
    Returns: a model from `input_ids` and `attention_mask`, (N, T) int64, to `embedding`, (N, D) float32 of length 1.
    """
    graph = _Graph(tensors, heads)
    hidden = _embedded(graph)
    bias = _attention_bias(graph)
    for layer in range(layers):
        hidden = _encoder_layer(graph, hidden, bias, f"encoder.layer.{layer}")
    pooled = _mean_pooled(graph, hidden)
    graph.nodes.append(helper.make_node("Identity", [pooled], ["embedding"], "embedding"))
    return _model(graph, int(tensors["embeddings.word_embeddings.weight"].shape[1]))


def _embedded(graph: _Graph) -> str:
    words = graph.add("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids", axis=0)
    length = graph.add("Shape", "input_ids", start=1, end=2)
    zero = graph.constant("zero", [0], np.int64)
    positions = graph.add("Slice", graph.weight("embeddings.position_embeddings.weight"), zero, length, zero)
    # One text at a time has one token type: its row is a constant of the model.
    kind = graph.constant("token_type", graph.tensors["embeddings.token_type_embeddings.weight"][0])
    summed = graph.add("Add", graph.add("Add", words, positions), kind)
    return graph.normalised(summed, "embeddings.LayerNorm")


def _attention_bias(graph: _Graph) -> str:
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    missing = graph.add("Sub", graph.constant("one", 1.0), mask)
    bias = graph.add("Mul", missing, graph.constant("masked", _MASKED))
    return graph.add("Unsqueeze", bias, graph.constant("head_and_query_axes", [1, 2], np.int64))


def _encoder_layer(graph: _Graph, hidden: str, bias: str, layer: str) -> str:
    attended = graph.dense(
        _attention(graph, hidden, bias, f"{layer}.attention.self"), f"{layer}.attention.output.dense"
    )
    middle = graph.normalised(graph.add("Add", attended, hidden), f"{layer}.attention.output.LayerNorm")
    wide = graph.add("Gelu", graph.dense(middle, f"{layer}.intermediate.dense"))
    narrow = graph.dense(wide, f"{layer}.output.dense")
    return graph.normalised(graph.add("Add", narrow, middle), f"{layer}.output.LayerNorm")


def _attention(graph: _Graph, hidden: str, bias: str, layer: str) -> str:
    width = int(graph.tensors[f"{layer}.query.weight"].shape[0])
    per_head = width // graph.heads

    def heads_of(part: str, order: Sequence[int]) -> str:
        split = graph.shaped(graph.dense(hidden, f"{layer}.{part}"), (0, 0, graph.heads, per_head))
        return graph.add("Transpose", split, perm=list(order))

    scores = graph.add("MatMul", heads_of("query", (0, 2, 1, 3)), heads_of("key", (0, 2, 3, 1)))
    scaled = graph.add("Mul", scores, graph.constant("attention_scale", per_head**-0.5))
    weights = graph.add("Softmax", graph.add("Add", scaled, bias), axis=-1)
    mixed = graph.add("MatMul", weights, heads_of("value", (0, 2, 1, 3)))
    return graph.shaped(graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), (0, 0, width))


def _mean_pooled(graph: _Graph, hidden: str) -> str:
    last, middle = graph.constant("last_axis", [2], np.int64), graph.constant("token_axis", [1], np.int64)
    mask = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.FLOAT), last)
    total = graph.add("ReduceSum", graph.add("Mul", hidden, mask), middle, keepdims=0)
    # Dividing by the count would be undone by the normalising: only the direction is left of it.
    length = graph.add("ReduceL2", total, graph.constant("vector_axis", [1], np.int64), keepdims=1)
    return graph.add("Div", total, graph.add("Max", length, graph.constant("smallest_length", _SMALLEST_LENGTH)))


def _model(graph: _Graph, dimensions: int) -> ModelProto:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", dimensions])]
    body = helper.make_graph(graph.nodes, "sentence_encoder", inputs, outputs, list(graph.constants.values()))
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=_IR_VERSION)
