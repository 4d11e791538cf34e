"""GPO in PyTorch: the same transformer as `gpo-case.mjs`; tokens that are asked about attend to those that were answered."""

import math

import torch
import torch.nn.functional as F
from torch_sets import SetsModel


class Gpo(SetsModel):
    """`together`: answered and asked tokens pass a layer's maps in one product; else apart."""

    group = "transformer"

    def __init__(self, parameters, sizes, together):
        super().__init__(parameters)
        self.layers, self.heads, self.together = sizes["layers"], sizes["heads"], together

    def linear(self, name, x):
        return F.linear(x, self.of(f"{name}.weight"), self.of(f"{name}.bias"))

    def norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.of(f"{name}.weight"), self.of(f"{name}.bias"))

    def embed(self, x, chosen):
        first = F.linear(x, self.of("embedder.0.item"), self.of("embedder.0.bias"))
        if chosen is not None:
            first = first + chosen * self.of("embedder.0.answer")
        return self.linear("embedder.2", F.relu(first))

    def split(self, x):
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def layer(self, name, x, answered):
        attention = f"{name}.self_attn"
        q = self.split(self.linear(f"{attention}.query", x))
        k, v = (self.split(self.linear(f"{attention}.{role}", answered)) for role in ("key", "value"))
        seen = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(q.shape[-1]), -1) @ v
        x = self.norm(f"{name}.norm1", x + self.linear(f"{attention}.out_proj", seen.transpose(1, 2).flatten(2)))
        inner = F.relu(self.linear(f"{name}.linear1", x))
        return self.norm(f"{name}.norm2", x + self.linear(f"{name}.linear2", inner))

    def loss(self, context, targets):
        answers, features = context["chosen"].shape[1:]
        read = torch.stack([context["chosen"], context["rejected"]], 2).view(-1, 2 * answers, features)
        chosen = torch.tensor([1.0, 0.0]).repeat(answers)[:, None]
        answered = self.embed(read, chosen)
        asked = self.embed(torch.cat([targets["left"], targets["right"]], 1), None)
        for i in range(self.layers):
            name, last = f"encoder.layers.{i}", i + 1 == self.layers
            if last or not self.together:
                later = None if last else self.layer(name, answered, answered)
                asked = self.layer(name, asked, answered)
                answered = later
            else:
                both = self.layer(name, torch.cat([answered, asked], 1), answered)
                answered, asked = both.split([answered.shape[1], asked.shape[1]], 1)
        left, right = F.relu(self.linear("predictor.0", asked)).chunk(2, 1)
        score = F.linear(right - left, self.of("predictor.2.weight"))[..., 0]
        return F.softplus(-targets["label"] * score).mean()
