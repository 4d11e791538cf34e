"""Reward trees in PyTorch: the same step as `tree-case.mjs`, all trees and states at once."""

import torch
import torch.nn.functional as F
from torch import nn


class RewardTree(nn.Module):
    """
    Parameters stand by level, path and tree. `early`: chances of leaves are summed over a snippet's states before they are
    multiplied by rewards; else rewards of states are summed.
    """

    def __init__(self, tree, k, parameters, tables, early):
        super().__init__()
        self.depth, self.states, self.k, self.early = tree["depth"], tree["states"], k, early
        self.lowest, self.range = tree["lowest"], tree["highest"] - tree["lowest"]
        nodes = k * (2**self.depth - 1)
        self.trees = nn.ParameterDict(
            {name: nn.Parameter(parameters[f"trees.{name}"].clone()) for name in ("bias", "beta", "leaves")}
        )
        self.trees["weight"] = nn.Parameter(parameters["trees.weight"].clone().view(nodes, -1))
        self.weights = nn.Parameter(parameters["user_learner.W"].clone().view(-1, k))
        self.items = tables["items"]

    def forward(self, user, left, right):
        snippets = F.embedding(torch.cat([left, right]), self.items).view(2 * len(left), self.states, -1)
        beta = self.trees["beta"]
        first = torch.sigmoid(F.linear(snippets, beta[:, None] * self.trees["weight"], beta * self.trees["bias"]))
        reach = None
        for level in range(self.depth):
            p = first[..., self.k * (2**level - 1) : self.k * (2 ** (level + 1) - 1)]
            reach = torch.cat([p, 1 - p] if reach is None else [reach * p, reach * (1 - p)], -1)
        rewards = self.lowest + self.range * torch.sigmoid(self.trees["leaves"])
        if self.early:
            returns = (reach.sum(1) * rewards).view(len(reach), -1, self.k).sum(1)
        else:
            returns = (reach * rewards).view(len(reach), self.states, -1, self.k).sum((1, 2))
        left, right = returns.chunk(2)
        return (F.embedding(user, self.weights).softmax(1) * (right - left)).sum(1)
