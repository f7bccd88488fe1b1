"""The tagger's network: a small encoder with a head for tags and two for arcs.

An arc head gives each piece a query and a key vector of `ARC_SIZE` numbers; their product scores an arc between two
pieces. One head draws arcs from contents to cues, the other from contents and cues to sources, where the key of the
window's start piece stands for "no source".
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from claims.extraction.english.tagger.encoder import ARC_SIZE
from claims.extraction.english.tagger.tags import Tag
from claims.extraction.english.tagger.word_pieces import FEATURE_COUNT


class ColumnDropout(nn.Module):
    """Drops the same columns for every piece of a window: cheaper than plain dropout, and as good here."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, states: Tensor) -> Tensor:
        if not self.training or not self.share:
            return states
        mask = torch.rand(states.shape[0], 1, states.shape[2]) >= self.share
        return states * mask.to(states.dtype) / (1 - self.share)


class TaggerNetwork(nn.Module):
    def __init__(self, encoder: Path, dropout: float) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(  # a folder, never the hub
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
        # The queries and keys of both arc heads, concatenated.
        self.arcs = nn.Linear(size, 4 * ARC_SIZE)

    def _widen(self) -> None:
        """Replace the segment embedding, which a tagger does not need, by one of features."""
        embeddings = self.bert.embeddings
        old = embeddings.token_type_embeddings.weight.data
        embeddings.token_type_embeddings = nn.Embedding(FEATURE_COUNT, old.shape[1])
        embeddings.token_type_embeddings.weight.data[:] = old[0]
        self.bert.config.type_vocab_size = FEATURE_COUNT
        self.bert.config.attention_probs_dropout_prob = 0.0
        # Frozen, so that words missing from the corpus stay close to similar words.
        for frozen in (embeddings.word_embeddings, embeddings.position_embeddings):
            frozen.weight.requires_grad = False

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return tag scores [batch, piece, tag] and arc vectors [batch, piece, 4 * ARC_SIZE]."""
        states = self.bert(input_ids=ids, token_type_ids=features, attention_mask=mask).last_hidden_state
        states = self.dropout(states)
        return self.tags(states), self.arcs(states)
