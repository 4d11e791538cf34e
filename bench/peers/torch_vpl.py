"""VPL in PyTorch: the same network as `vpl-case.mjs`, with its sets drawn anew in each pass."""

import itertools

import torch
import torch.nn.functional as F
from torch import nn
from torch_timed import Timed

SLOPE = 0.2


class Vpl(nn.Module):
    """`apart`: z's part of the decoder's first layer once a user; else beside every item, as the authors write it."""

    def __init__(self, parameters, sizes, apart):
        super().__init__()
        self.names = list(parameters)
        for name, value in parameters.items():
            self.register_parameter(name.replace(".", "_"), nn.Parameter(value.clone()))
        self.depth, self.latent, self.apart = sizes["depth"], sizes["latent"], apart

    def of(self, name):
        return getattr(self, name.replace(".", "_"))

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

    def loss(self, context, targets, noise, weight):
        found = self.posterior(context["chosen"], context["rejected"])
        mean, log_variance = found.chunk(2, 1)
        z = mean + torch.exp(log_variance / 2) * noise
        rewards = self.rewards(torch.cat([targets["left"], targets["right"]], 1), z)
        left, right = rewards.chunk(2, 1)
        reconstruction = F.softplus(-targets["label"] * (right - left)).mean()
        prior_mean, prior_log = self.of("prior").chunk(2)
        apart = log_variance - prior_log
        kl = 0.5 * (apart.exp() - apart - 1 + (mean - prior_mean) ** 2 * torch.exp(-prior_log)).sum(1)
        return reconstruction + weight * kl.mean()


class VplRun(Timed):
    """One way of writing the training: as `Run` is of the others."""

    def __init__(self, question, arrays, parameters, apart, foreach):
        sizes = question["vpl"]
        self.sets, self.context, self.targets = sizes["sets"], sizes["context"], sizes["targets"]
        self.weight = sizes["klWeight"] / self.targets
        self.model = Vpl(parameters, sizes, apart)
        rate = question["rates"]["projector"]
        self.optimizer = torch.optim.Adam(
            self.model.parameters(), lr=rate["rate"], weight_decay=rate.get("decay", 0), foreach=foreach
        )
        each = self.context + self.targets
        shape = (-1, each, 1)
        left, right = (arrays["items"][arrays[side].long()].view(shape) for side in ("left", "right"))
        label = arrays["label"].view(-1, each)
        prefers_right = (label > 0)[..., None]
        self.columns = {
            "left": left,
            "right": right,
            "chosen": torch.where(prefers_right, right, left),
            "rejected": torch.where(prefers_right, left, right),
            "label": label,
        }
        self.noise = arrays["noise"].view(-1, sizes["latent"])

    def part(self, rows, places):
        return {name: column[rows, places] for name, column in self.columns.items()}

    def losses(self, steps):
        """The loss at the given draws: later answers from earlier ones; and the length of every gradient."""
        users = torch.arange(self.columns["label"].shape[0])[:, None]
        places = torch.arange(self.context + self.targets)
        context, targets = self.part(users, places[: self.context]), self.part(users, places[self.context :])
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(context, targets, self.noise, self.weight)
        loss.backward()
        lengths = [self.model.of(name).grad.norm().item() for name in self.model.names]
        return [loss.item(), *lengths]

    def epoch(self):
        users, each = self.columns["label"].shape
        order = torch.rand(users, each).argsort(1)
        halves = torch.cat([order, order.roll(self.targets, 1)])
        rows = torch.arange(users).repeat(2)
        for sets in torch.randperm(2 * users).split(self.sets):
            places, who = halves[sets], rows[sets][:, None]
            context, targets = self.part(who, places[:, self.targets :]), self.part(who, places[:, : self.targets])
            noise = torch.randn(len(sets), self.noise.shape[1])
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.model.loss(context, targets, noise, self.weight)
            loss.backward()
            self.optimizer.step()
        return loss.item()

    @property
    def steps_of_epoch(self):
        return 2 * self.columns["label"].shape[0] / self.sets


def vpl_runs(question, arrays, parameters, sizes):
    arrays["items"] = arrays["items"].view(sizes["items"], -1)
    shaped = {name: value.view(question["shapes"][name]) for name, value in parameters.items()}
    return [VplRun(question, arrays, shaped, *way) for way in itertools.product([True, False], [False, True])]
