"""VPL in PyTorch: the same network as `vpl-case.mjs`, with its sets drawn anew in each pass."""

import torch
import torch.nn.functional as F
from torch_sets import SetsModel

SLOPE = 0.2


class Vpl(SetsModel):
    """`apart`: z's part of the decoder's first layer once a user; else beside every item, as the authors write it."""

    group = "projector"

    def __init__(self, parameters, sizes, apart):
        super().__init__(parameters)
        self.depth, self.latent, self.apart = sizes["depth"], sizes["latent"], apart
        self.weight = sizes["klWeight"] / sizes["targets"]

    def given(self, arrays):
        return (arrays["noise"].view(-1, self.latent),)

    def drawn(self, sets):
        return (torch.randn(sets, self.latent),)

    def deepen(self, prefix, h):
        h = F.leaky_relu(h, SLOPE)
        for layer in range(1, self.depth):
            name = f"{prefix}.{2 * layer}"
            h = F.leaky_relu(F.linear(h, self.of(f"{name}.weight"), self.of(f"{name}.bias")), SLOPE)
        return h

    def posterior(self, chosen, rejected):
        """Of answers [sets, answers, 1]."""
        first = torch.cat([self.of("Encoder.model.0.chosen"), self.of("Encoder.model.0.rejected")], 1)
        pairs = F.linear(torch.cat([chosen, rejected], 2), first, self.of("Encoder.model.0.bias"))
        mean = self.deepen("Encoder.model", pairs).mean(1)
        found = F.linear(F.leaky_relu(F.linear(mean, self.of("Encoder.set.weight")), SLOPE), self.of("Encoder.head.weight"))
        return found + self.of("prior")

    def rewards(self, x, z):
        """Of items [sets, items, 1]."""
        item, latent, bias = (self.of(f"Decoder.model.0.{part}") for part in ("item", "latent", "bias"))
        if self.apart:
            first = F.linear(x, item) + F.linear(z, latent, bias)[:, None]
        else:
            beside = torch.cat([x, z[:, None].expand(-1, x.shape[1], -1)], 2)
            first = F.linear(beside, torch.cat([item, latent], 1), bias)
        return F.linear(self.deepen("Decoder.model", first), self.of(f"Decoder.model.{2 * self.depth}.weight"))[..., 0]

    def loss(self, context, targets, noise):
        found = self.posterior(context["chosen"], context["rejected"])
        mean, log_variance = found.chunk(2, 1)
        z = mean + torch.exp(log_variance / 2) * noise
        rewards = self.rewards(torch.cat([targets["left"], targets["right"]], 1), z)
        left, right = rewards.chunk(2, 1)
        reconstruction = F.softplus(-targets["label"] * (right - left)).mean()
        prior_mean, prior_log = self.of("prior").chunk(2)
        apart = log_variance - prior_log
        kl = 0.5 * (apart.exp() - apart - 1 + (mean - prior_mean) ** 2 * torch.exp(-prior_log)).sum(1)
        return reconstruction + self.weight * kl.mean()
