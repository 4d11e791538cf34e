"""GPO in PyTorch: the same transformer as `gpo-case.mjs`; tokens that are asked about attend to those that were answered."""

import itertools
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch_timed import Timed


class Gpo(nn.Module):
    """`together`: answered and asked tokens pass a layer's maps in one product; else apart."""

    def __init__(self, parameters, sizes, together):
        super().__init__()
        self.names = list(parameters)
        for name, value in parameters.items():
            self.register_parameter(name.replace(".", "_"), nn.Parameter(value.clone()))
        self.layers, self.heads, self.together = sizes["layers"], sizes["heads"], together

    def of(self, name):
        return getattr(self, name.replace(".", "_"), None)

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


class GpoRun(Timed):
    """One way of writing the training: as `Run` is of the others."""

    def __init__(self, question, arrays, parameters, together, foreach):
        sizes = question["gpo"]
        self.sets, self.context, self.targets = sizes["sets"], sizes["context"], sizes["targets"]
        self.model = Gpo(parameters, sizes, together)
        rate = question["rates"]["transformer"]
        self.optimizer = torch.optim.Adam(
            self.model.parameters(), lr=rate["rate"], weight_decay=rate.get("decay", 0), foreach=foreach
        )
        each = self.context + self.targets
        shape = (-1, each, arrays["items"].shape[1])
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

    def part(self, rows, places):
        return {name: column[rows, places] for name, column in self.columns.items()}

    def losses(self, steps):
        """The loss of given blocks: later answers from earlier ones; and the length of every gradient."""
        users = torch.arange(self.columns["label"].shape[0])[:, None]
        places = torch.arange(self.context + self.targets)
        context, targets = self.part(users, places[: self.context]), self.part(users, places[self.context :])
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(context, targets)
        loss.backward()
        return [loss.item(), *(self.model.of(name).grad.norm().item() for name in self.model.names)]

    def epoch(self):
        users, each = self.columns["label"].shape
        blocks = each // self.targets
        order = torch.rand(users, each).argsort(1)
        turned = torch.cat([order.roll(self.targets * i, 1) for i in range(blocks)])
        rows = torch.arange(users).repeat(blocks)
        for sets in torch.randperm(blocks * users).split(self.sets):
            places, who = turned[sets], rows[sets][:, None]
            context, targets = self.part(who, places[:, self.targets :]), self.part(who, places[:, : self.targets])
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.model.loss(context, targets)
            loss.backward()
            self.optimizer.step()
        return loss.item()

    @property
    def steps_of_epoch(self):
        users, each = self.columns["label"].shape
        return users * (each // self.targets) / self.sets


def gpo_runs(question, arrays, parameters, sizes):
    arrays["items"] = arrays["items"].view(sizes["items"], -1)
    shaped = {name: value.view(question["shapes"][name]) for name, value in parameters.items()}
    return [GpoRun(question, arrays, shaped, *way) for way in itertools.product([True, False], [False, True])]
