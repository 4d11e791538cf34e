"""What GPO and VPL share in PyTorch: users are found from sets of their answers, which are cut anew in each pass."""

import itertools

import torch
from torch import nn
from torch_timed import Timed


class SetsModel(nn.Module):
    """A model whose `loss(context, targets, *draws)` predicts some answers from others; `group` is whose step size its parameters have."""

    group = None

    def __init__(self, parameters):
        super().__init__()
        self.names = list(parameters)
        for name, value in parameters.items():
            self.register_parameter(name.replace(".", "_"), nn.Parameter(value.clone()))

    def of(self, name):
        return getattr(self, name.replace(".", "_"), None)

    def given(self, arrays):
        """Draws at which engines compare their losses."""
        return ()

    def drawn(self, sets):
        """Draws for so many sets."""
        return ()


class SetsRun(Timed):
    """One way of writing the training: as `Run` is of the others."""

    def __init__(self, model, question, arrays, foreach):
        sizes = question[question["kind"]]
        self.sets, self.context, self.targets = sizes["sets"], sizes["context"], sizes["targets"]
        self.model, self.given = model, model.given(arrays)
        rate = question["rates"][model.group]
        self.optimizer = torch.optim.Adam(
            model.parameters(), lr=rate["rate"], weight_decay=rate.get("decay", 0), foreach=foreach
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

    def backward(self, context, targets, draws):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(context, targets, *draws)
        loss.backward()
        return loss

    def losses(self, steps):
        """The loss of given blocks at given draws: later answers from earlier ones; and the length of every gradient."""
        users = torch.arange(self.columns["label"].shape[0])[:, None]
        places = torch.arange(self.context + self.targets)
        context, targets = self.part(users, places[: self.context]), self.part(users, places[self.context :])
        loss = self.backward(context, targets, self.given)
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
            loss = self.backward(context, targets, self.model.drawn(len(sets)))
            self.optimizer.step()
        return loss.item()

    @property
    def steps_of_epoch(self):
        users, each = self.columns["label"].shape
        return users * (each // self.targets) / self.sets


def sets_runs(kind, question, arrays, parameters, sizes):
    """Every way of writing it: both of the model, each with both ways of Adam's loop."""
    arrays["items"] = arrays["items"].view(sizes["items"], -1)
    shaped = {name: value.view(question["shapes"][name]) for name, value in parameters.items()}
    ways = itertools.product([True, False], [False, True])
    return [
        SetsRun(kind(shaped, question[question["kind"]], way), question, arrays, foreach) for way, foreach in ways
    ]
