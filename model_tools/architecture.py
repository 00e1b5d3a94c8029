"""The MobileLLM-R1 block, written for training.

A dense Llama-4 text model: pre-norm RMSNorm, grouped-query attention with rotary positions on
interleaved pairs and weight-less RMS norm of queries and keys per head, SwiGLU, tied embedding.
Parameter names are those of `transformers`' `Llama4ForCausalLM`, so a checkpoint saved here loads
there. Source: MobileLLM-R1 (arXiv 2509.24945) and its published config.json.

Shapes: B batch, T tokens, D width, H query heads, G key/value heads, K head width, V vocabulary.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own convention

HEAD_WIDTH = 64
_NORM_EPS = 1e-5
_INIT_STD = 0.02


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The sizes that define a model.

    Attributes:
        layers: number of blocks.
        width: residual width D.
        heads: query heads H; D = H * 64.
        kv_heads: key/value heads G; divides H.
        ffn_width: hidden width of the SwiGLU.
        vocab_size: number of tokens V.
        context_tokens: longest sequence it is meant for.
        rope_theta: base of the rotary frequencies.
    """

    layers: int
    width: int
    heads: int
    kv_heads: int
    ffn_width: int
    vocab_size: int
    context_tokens: int
    rope_theta: float = 1e4

    def __post_init__(self) -> None:
        if self.width != self.heads * HEAD_WIDTH:
            raise ValueError(f"width {self.width} is not {self.heads} heads of {HEAD_WIDTH}")
        if self.heads % self.kv_heads:
            raise ValueError(f"{self.kv_heads} key/value heads do not divide {self.heads} heads")


def _rms_normalise(x: Tensor) -> Tensor:
    return F.rms_norm(x, (x.shape[-1],), eps=_NORM_EPS)


def rotary_table(tokens: int, theta: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines, each (T, K/2), float32."""
    frequencies = theta ** (-torch.arange(0, HEAD_WIDTH, 2, dtype=torch.float32) / HEAD_WIDTH)
    angles_TF = torch.outer(torch.arange(tokens, dtype=torch.float32), frequencies)
    return angles_TF.cos(), angles_TF.sin()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotate interleaved pairs of (B, heads, T, K) by the table's first T rows."""
    even, odd = x[..., 0::2], x[..., 1::2]
    rotated = torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), dim=-1)
    return rotated.flatten(-2)


class Attention(nn.Module):
    """Causal grouped-query attention with QK norm."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.heads, self.kv_heads = shape.heads, shape.kv_heads
        kv_width = shape.kv_heads * HEAD_WIDTH
        self.q_proj = nn.Linear(shape.width, shape.width, bias=False)
        self.k_proj = nn.Linear(shape.width, kv_width, bias=False)
        self.v_proj = nn.Linear(shape.width, kv_width, bias=False)
        self.o_proj = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x_BTD: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """Mix (B, T, D) over earlier tokens."""
        batch, tokens, _ = x_BTD.shape
        q_BHTK, k_BGTK, v_BGTK = (
            projection(x_BTD).view(batch, tokens, heads, HEAD_WIDTH).transpose(1, 2)
            for projection, heads in (
                (self.q_proj, self.heads),
                (self.k_proj, self.kv_heads),
                (self.v_proj, self.kv_heads),
            )
        )
        # Rotation keeps mean(x^2), so norm-then-rotate equals the published rotate-then-norm.
        q_BHTK = rotate(_rms_normalise(q_BHTK), cosine, sine)
        k_BGTK = rotate(_rms_normalise(k_BGTK), cosine, sine)
        mixed = F.scaled_dot_product_attention(
            q_BHTK.to(v_BGTK.dtype), k_BGTK.to(v_BGTK.dtype), v_BGTK, is_causal=True,
            enable_gqa=True,
        )  # fmt: skip
        return self.o_proj(mixed.transpose(1, 2).reshape(batch, tokens, -1))


class FeedForward(nn.Module):
    """SwiGLU."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(shape.width, shape.ffn_width, bias=False)
        self.up_proj = nn.Linear(shape.width, shape.ffn_width, bias=False)
        self.down_proj = nn.Linear(shape.ffn_width, shape.width, bias=False)

    def forward(self, x_BTD: Tensor) -> Tensor:
        """Transform each token of (B, T, D) alone."""
        return self.down_proj(F.silu(self.gate_proj(x_BTD)) * self.up_proj(x_BTD))


class Block(nn.Module):
    """Attention and feed-forward, each on a normalised residual."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.input_layernorm = nn.RMSNorm(shape.width, eps=_NORM_EPS)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = nn.RMSNorm(shape.width, eps=_NORM_EPS)
        self.feed_forward = FeedForward(shape)

    def forward(self, x_BTD: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """One residual step of (B, T, D)."""
        x_BTD = x_BTD + self.self_attn(self.input_layernorm(x_BTD), cosine, sine)
        return x_BTD + self.feed_forward(self.post_attention_layernorm(x_BTD))


class Backbone(nn.Module):
    """Embedding, blocks and the final norm."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocab_size, shape.width)
        self.layers = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=_NORM_EPS)


class MobileLLM(nn.Module):
    """The causal language model."""

    cosine: Tensor
    sine: Tensor

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.shape = shape
        self.model = Backbone(shape)
        cosine, sine = rotary_table(shape.context_tokens, shape.rope_theta)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)
        self.apply(self._initialise)
        for name, weight in self.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.zeros_(weight)  # each block starts as the identity

    @staticmethod
    def _initialise(module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=_INIT_STD)

    def hidden_states(self, ids_BT: Tensor) -> Tensor:
        """(B, T) token ids to normalised hidden states (B, T, D)."""
        tokens = ids_BT.shape[1]
        cosine, sine = self.cosine[:tokens], self.sine[:tokens]
        x_BTD = self.model.embed_tokens(ids_BT)
        for block in self.model.layers:
            x_BTD = block(x_BTD, cosine, sine)
        return self.model.norm(x_BTD)

    def forward(self, ids_BT: Tensor) -> Tensor:
        """(B, T) token ids to logits (B, T, V)."""
        return F.linear(self.hidden_states(ids_BT), self.model.embed_tokens.weight)

    def parameter_count(self) -> int:
        """Number of weights, the tied embedding once."""
        return sum(weight.numel() for weight in self.parameters())
