"""The network: a small encoder, a head that tags words, and two that draw arcs between them.

An arc head gives each piece a query and a key of `ARC` numbers; how well a piece's query fits another's key is how
likely its arc ends there. One head draws content to cue, the other content and cue to source, where the key of the
window's START stands for "no source".
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.word_pieces import FEATURE_COUNT

ARC = 64


class ColumnDropout(nn.Module):
    """Drops the same numbers of every piece of a window: cheaper than plain dropout, and as good here."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, states: Tensor) -> Tensor:
        """The states [batch, piece, number], in training with a share of the numbers set to 0."""
        if not self.training or not self.share:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[2]) >= self.share
        return states * kept.to(states.dtype) / (1 - self.share)


class TaggerNetwork(nn.Module):
    """Scores of tags, and queries and keys of arcs, for windows of pieces."""

    def __init__(self, encoder: Path, dropout: float) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(  # a folder, never the hub: # nosec B615
            encoder, add_pooling_layer=False, attn_implementation="eager", local_files_only=True
        )
        self._widen()
        for module in self.bert.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout
        self.bert.embeddings.dropout = ColumnDropout(dropout)
        for layer in self.bert.encoder.layer:
            layer.attention.output.dropout = ColumnDropout(dropout)
            layer.output.dropout = ColumnDropout(dropout)
            layer.attention.self.dropout.p = 0.0
            layer.attention.self.attention_dropout = 0.0
        size = self.bert.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(size, len(Tag))
        # Queries and keys of both arc heads, side by side.
        self.arcs = nn.Linear(size, 4 * ARC)

    def _widen(self) -> None:
        """Make the embedding of segments, which a tagger has no use for, that of features."""
        embeddings = self.bert.embeddings
        old = embeddings.token_type_embeddings.weight.data
        embeddings.token_type_embeddings = nn.Embedding(FEATURE_COUNT, old.shape[1])
        embeddings.token_type_embeddings.weight.data[:] = old[0]
        self.bert.config.type_vocab_size = FEATURE_COUNT
        self.bert.config.attention_probs_dropout_prob = 0.0
        # Words the corpus does not hold keep the places that words like them have.
        for frozen in (embeddings.word_embeddings, embeddings.position_embeddings):
            frozen.weight.requires_grad = False

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores [batch, piece, 7] and arc vectors [batch, piece, 4 * ARC]."""
        states = self.bert(input_ids=ids, token_type_ids=features, attention_mask=mask).last_hidden_state
        states = self.dropout(states)
        return self.tags(states), self.arcs(states)
