"""Training steps of PAL in PyTorch, vectorised as a good user would write them. Driven by torch.mjs: a line of JSON in, one out."""

import ctypes
import itertools
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch_adapt import Adaptation
from torch_gpo import Gpo
from torch_policies import POLICIES, policy_runs
from torch_sets import sets_runs
from torch_timed import Timed
from torch_tree import RewardTree
from torch_vpl import Vpl

torch.set_num_threads(1)

# models whose users are found from sets of their answers
SETS = {"gpo": Gpo, "vpl": Vpl}


def projector(weights):
    """nn.Sequential of the layers in `weights`, a dict of arrays by the names that both sides use."""
    layers = []
    for index in sorted({int(name.split(".")[0]) for name in weights}):
        weight, bias = weights[f"{index}.weight"], weights.get(f"{index}.bias")
        linear = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
        with torch.no_grad():
            linear.weight.copy_(weight)
            if bias is not None:
                linear.bias.copy_(bias)
        layers += [nn.ReLU(), linear] if layers else [linear]
    return layers[0] if len(layers) == 1 else nn.Sequential(*layers)


class PalA(nn.Module):
    """
    |f(left) - f(Pw)|^2 - |f(right) - f(Pw)|^2, as the product of its factors, which is faster than two distances.
    `once`: the points of all users, then those of the batch.
    """

    def __init__(self, maps, prototypes, weights, tables, once):
        super().__init__()
        self.f = projector(maps["item_learner.projector"])
        self.prototypes = nn.Parameter(prototypes.clone())
        self.weights = nn.Parameter(weights.clone())
        self.items, self.once = tables["items"], once

    def forward(self, user, left, right):
        if self.once:
            point = F.embedding(user, self.f(self.weights.softmax(1) @ self.prototypes))
        else:
            point = self.f(F.embedding(user, self.weights).softmax(1) @ self.prototypes)
        left, right = self.f(F.embedding(left, self.items)), self.f(F.embedding(right, self.items))
        return ((left - right) * (left + right - 2 * point)).sum(1)


class PalB(nn.Module):
    """<f(right) - f(left), sum_k w_k g_k(context)>. `once`: whole tables through f and g, then the rows of the batch."""

    def __init__(self, maps, weights, tables, once):
        super().__init__()
        self.f = projector(maps.pop("item_learner.projector"))
        self.g = nn.ModuleList(projector(maps[name]) for name in sorted(maps))
        self.weights = nn.Parameter(weights.clone())
        self.items, self.contexts, self.once = tables["items"], tables["contexts"], once

    def forward(self, user, left, right, context):
        weights = F.embedding(user, self.weights).softmax(1)
        if self.once:
            latent = self.f(self.items)
            left, right = F.embedding(left, latent), F.embedding(right, latent)
            rows = [F.embedding(context, g(self.contexts)) for g in self.g]
        else:
            pair = self.f(F.embedding(torch.cat([left, right]), self.items))
            left, right = pair.chunk(2)
            rows = [g(features) for features in [F.embedding(context, self.contexts)] for g in self.g]
        direction = sum(weights[:, k, None] * row for k, row in enumerate(rows))
        return ((right - left) * direction).sum(1)


class LoRe(nn.Module):
    """<w, V (right - left)>: the difference first, so that one row a comparison is multiplied."""

    def __init__(self, maps, weights, tables):
        super().__init__()
        self.basis = projector(maps["item_learner.projector"])
        self.weights = nn.Parameter(weights.clone())
        self.items = tables["items"]

    def forward(self, user, left, right):
        rewards = self.basis(F.embedding(right, self.items) - F.embedding(left, self.items))
        return (F.embedding(user, self.weights).softmax(1) * rewards).sum(1)


class Run(Timed):
    """One way of writing the same training: a model, its optimizer and the columns of the data."""

    def __init__(self, question, arrays, parameters, once, foreach):
        self.batch, self.loss, self.margin = question["batch"], question["loss"], question["margin"]
        self.columns = [arrays[name] for name in ("label", "user", "left", "right", "context") if name in arrays]
        maps = {}
        for name, value in parameters.items():
            prefix, mark, rest = name.partition(".mlp.layers.")
            if mark:
                maps.setdefault(prefix, {})[rest] = value
        weights = parameters["user_learner.W"]
        if question["kind"] == "pal-a":
            self.model = PalA(maps, parameters["user_learner.P"], weights, arrays, once)
        elif question["kind"] == "lore":
            self.model = LoRe(maps, weights, arrays)
        elif question["kind"] == "reward-tree":
            self.model = RewardTree(question["tree"], question["k"], parameters, arrays, once)
        else:
            self.model = PalB(maps, weights, arrays, once)
        self.optimizer = torch.optim.Adam(self.groups(question["rates"]), foreach=foreach)

    def groups(self, rates):
        """Parameters of one rate and decay share a group: fewer calls."""
        by_rate = {}
        for name, value in self.model.named_parameters():
            own = name in ("prototypes", "weights")
            rate = rates[name if own else "trees" if name.startswith("trees.") else "projector"]
            by_rate.setdefault((rate["rate"], rate.get("decay", 0)), []).append(value)
        return [{"params": p, "lr": lr, "weight_decay": decay} for (lr, decay), p in by_rate.items()]

    def step(self, label, *rows):
        self.optimizer.zero_grad(set_to_none=True)
        agreement = label * self.model(*rows)
        if self.loss == "hinge":
            loss = F.relu(self.margin - agreement).mean()
        else:
            loss = F.softplus(-agreement).mean()
        loss.backward()
        self.optimizer.step()
        return loss

    def epoch(self):
        order = torch.randperm(len(self.columns[0]))
        for rows in zip(*(column[order].split(self.batch) for column in self.columns)):
            loss = self.step(*rows)
        return loss.item()

    @property
    def steps_of_epoch(self):
        return len(self.columns[0]) / self.batch


def load(described):
    arrays = {}
    for name, entry in described.items():
        with open(entry["file"], "rb") as file:
            arrays[name] = torch.frombuffer(bytearray(file.read()), dtype=getattr(torch, entry["type"]))
    return arrays


def prepare(question):
    """Every way of writing it that can be the fastest on some machine; `tune` keeps the fastest."""
    arrays, parameters, sizes = load(question["arrays"]), load(question["parameters"]), question["sizes"]
    if question["kind"] in POLICIES:
        return policy_runs(question, arrays)
    if question["kind"] in SETS:
        return sets_runs(SETS[question["kind"]], question, arrays, parameters, sizes)
    for name in ("user", "left", "right", "context"):
        if name in arrays:
            arrays[name] = arrays[name].long()
    for name in ("items", "contexts"):
        if name in arrays:
            arrays[name] = arrays[name].view(sizes[name], -1)
    for name, value in parameters.items():
        if name in ("user_learner.P", "user_learner.W"):
            parameters[name] = value.view(-1, question["k"]) if name.endswith("W") else value.view(question["k"], -1)
    if question["kind"] != "reward-tree":
        shape_layers(parameters, arrays, question["k"] if question["kind"] == "lore" else question["d"])
    if question.get("adapts"):
        return [Adaptation(question, arrays, parameters, dtype) for dtype in (torch.float32, torch.float64)]
    batch = question["batch"]
    small = question["kind"] in ("pal-a", "reward-tree") or question["kind"] != "lore" and sizes["items"] + sizes["contexts"] <= batch
    ways = itertools.product([True, False] if small else [False], [False, True])
    return [Run(question, arrays, parameters, once, foreach) for once, foreach in ways]


def shape_layers(parameters, arrays, width):
    """Weights [out, in] from flat arrays; every layer has `width` outputs."""
    for name, value in parameters.items():
        if name.endswith(".weight"):
            parameters[name] = value.view(width, -1)


def tune(runs):
    if len(runs) == 1:
        return runs[0]
    times = [[] for _ in runs]
    for _ in range(5):
        for run, samples in zip(runs, times):
            samples.append(run.round(0.1)["microseconds"])
    medians = [statistics.median(samples[1:]) for samples in times]
    return runs[medians.index(min(medians))]


def product_rate(m, n, k):
    """Operations a microsecond of processor time of the product of a linear layer: the best of short rounds."""
    x, w = torch.ones(m, k), torch.ones(n, k)
    repeats = max(1, int(4e7 / (m * n * k)))
    rates = []
    with torch.no_grad():
        for _ in range(15):
            start = time.process_time()
            for _ in range(repeats):
                F.linear(x, w)
            rates.append(2 * m * n * k * repeats / (time.process_time() - start) / 1e6)
    return max(rates)


def blas_kernel():
    """The kernel that OpenBLAS chose for this processor, of the library that is loaded; None for another BLAS."""
    with open("/proc/self/maps") as maps:
        libraries = sorted({line.split()[-1] for line in maps if "blas" in line})
    for path in libraries:
        name = getattr(ctypes.CDLL(path), "openblas_get_corename", None)
        if name is not None:
            name.restype = ctypes.c_char_p
            return name().decode()
    return None


def main():
    runs, chosen = [], None
    for line in sys.stdin:
        question = json.loads(line)
        command = question["command"]
        if command == "describe":
            answer = {"version": torch.__version__, "gflops": product_rate(512, 512, 512) / 1e3, "kernel": blas_kernel()}
        elif command == "prepare":
            runs, chosen, answer = prepare(question), None, {}
        elif command == "product":
            answer = {"rate": product_rate(question["m"], question["n"], question["k"])}
        elif command == "losses":
            answer = {"losses": [run.losses(question["steps"]) for run in runs]}
        elif command == "weights":
            answer = {"weights": [run.weights().flatten().tolist() for run in runs]}
        else:
            chosen = chosen or tune(runs)
            answer = chosen.round(question["seconds"])
        print(json.dumps(answer), flush=True)


main()
