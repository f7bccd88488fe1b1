"""Exports the trained network as an ONNX graph with 8-bit weights."""

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from claims.extraction.english.training.network import TaggerNetwork

ONNX_OPSET = 17
INPUT_NAMES = ("ids", "features")
OUTPUT_NAMES = ("tags", "arcs")


class _InferenceNetwork(nn.Module):
    """The network for one window, written for fast inference.

    Query, key and value are computed by one product, whose weights include the query's scale. Nothing is masked, since
    a window is never padded.
    """

    def __init__(self, network: TaggerNetwork) -> None:
        super().__init__()
        self.network = network
        self.heads = network.bert.config.num_attention_heads
        self.projections = nn.ModuleList(map(self._projection, network.bert.encoder.layer))

    def _projection(self, layer: nn.Module) -> nn.Linear:
        attention = layer.attention.self
        scale = (attention.query.out_features / self.heads) ** -0.5
        parts = [(attention.query, scale), (attention.key, 1.0), (attention.value, 1.0)]
        size = attention.query.in_features
        combined = nn.Linear(size, 3 * size)
        combined.weight.data = torch.cat([part.weight.data * factor for part, factor in parts])
        combined.bias.data = torch.cat([part.bias.data * factor for part, factor in parts])
        return combined

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        bert = self.network.bert
        embeddings = bert.embeddings
        positions = torch.arange(ids.shape[1])[None]
        states = embeddings.word_embeddings(ids) + embeddings.token_type_embeddings(features)
        states = embeddings.LayerNorm(states + embeddings.position_embeddings(positions))
        for layer, projection in zip(bert.encoder.layer, self.projections, strict=True):
            states = self._layer(layer, projection, states)
        return self.network.tags(states), self.network.arcs(states)

    def _layer(self, layer: nn.Module, projection: nn.Module, states: Tensor) -> Tensor:
        pieces, size = states.shape[1], states.shape[2]
        projected = projection(states).view(1, pieces, 3 * self.heads, size // self.heads).transpose(1, 2)
        query, key, value = projected.split(self.heads, dim=1)
        attended = torch.softmax(query @ key.transpose(-1, -2), -1) @ value
        attended = attended.transpose(1, 2).reshape(1, pieces, size)
        attention_output = layer.attention.output
        states = attention_output.LayerNorm(attention_output.dense(attended) + states)
        hidden = nn.functional.gelu(layer.intermediate.dense(states))
        return layer.output.LayerNorm(layer.output.dense(hidden) + states)


def export_onnx(network: TaggerNetwork, folder: Path) -> tuple[Path, Path]:
    """Write the network as 32-bit and as 8-bit ONNX, for one window of any length, and return both paths."""
    inference_network = _InferenceNetwork(network).eval()
    ids = torch.randint(1000, 2000, (1, 32))
    full_graph, small_graph = (folder / f"tagger.{name}.onnx" for name in ("fp32", "int8"))
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        torch.onnx.export(
            inference_network,
            (ids, torch.zeros_like(ids)),
            str(full_graph),
            input_names=list(INPUT_NAMES),
            output_names=list(OUTPUT_NAMES),
            dynamic_axes={name: {1: "piece"} for name in (*INPUT_NAMES, *OUTPUT_NAMES)},
            opset_version=ONNX_OPSET,
            dynamo=False,
        )
    quantize_dynamic(
        str(full_graph),
        str(small_graph),
        weight_type=QuantType.QInt8,
        per_channel=True,
        # On processors without VNNI instructions, sums of full 8-bit products overflow.
        reduce_range=True,
        # Keep products of two states in 32 bits.
        extra_options={"MatMulConstBOnly": True},
    )
    return full_graph, small_graph
