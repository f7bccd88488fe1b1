"""Reads the 8-bit weights of an exported graph back into a network, to train on from there."""

from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor

from claims.extraction.english.training.network import TaggerNetwork

PREFIX = "network."


def load_trained_weights(network: TaggerNetwork, graph_file: Path) -> None:
    """Set the network's weights to those of a graph, except the frozen ones, which every graph shares."""
    graph = onnx.load(graph_file).graph
    arrays = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = network.state_dict()
    weights = {
        name.removeprefix(PREFIX): torch.tensor(array)
        for name, array in arrays.items()
        if name.removeprefix(PREFIX) in state
    }
    features = "bert.embeddings.token_type_embeddings.weight"
    weights[features] = _dequantize(arrays, PREFIX + features)
    matrices = [
        _dequantize(arrays, node.input[1].removesuffix("_quantized")).T.contiguous()
        for node in graph.node
        if node.op_type == "MatMulInteger"
    ]
    *layers, weights["tags.weight"], weights["arcs.weight"] = matrices
    config = network.bert.config
    query_scale = (config.hidden_size / config.num_attention_heads) ** -0.5
    for number in range(config.num_hidden_layers):
        layer = f"bert.encoder.layer.{number}"
        projection, attention, intermediate, output = layers[4 * number : 4 * number + 4]
        weights[f"{layer}.attention.output.dense.weight"] = attention
        weights[f"{layer}.intermediate.dense.weight"] = intermediate
        weights[f"{layer}.output.dense.weight"] = output
        bias = torch.tensor(arrays[f"projections.{number}.bias"])
        for kind, combined in (("weight", projection), ("bias", bias)):
            query, key, value = combined.chunk(3)
            weights[f"{layer}.attention.self.query.{kind}"] = query / query_scale
            weights[f"{layer}.attention.self.key.{kind}"] = key
            weights[f"{layer}.attention.self.value.{kind}"] = value
    frozen = {name for name, parameter in network.named_parameters() if not parameter.requires_grad}
    if missing := {name for name, _ in network.named_parameters()} - weights.keys() - frozen:
        raise SystemExit(f"{graph_file}: lacks {', '.join(sorted(missing))}; it is not a graph of this network")
    network.load_state_dict(weights, strict=False)


def _dequantize(arrays: dict[str, np.ndarray], name: str) -> Tensor:
    quantized = arrays[f"{name}_quantized"].astype(np.float32)
    return torch.tensor((quantized - arrays[f"{name}_zero_point"]) * arrays[f"{name}_scale"])
