"""Policies and beliefs: a bandit's softmax table fitted to pairs, and soft value iteration with its gradients."""

import math

import torch
import torch.nn.functional as F
from torch_timed import Timed


class Bandit(Timed):
    """DIL's binary loss pair by pair, or by how often each arm was chosen and rejected, by Adam whose steps fall evenly."""

    def __init__(self, question, arrays, by_arm):
        self.steps, self.rate, self.reference = question["steps"], question["rate"], arrays["reference"]
        self.all, self.by_arm = (arrays["chosen"].long(), arrays["rejected"].long()), by_arm
        arms, pairs = len(self.reference), len(self.all[0])
        self.shares = [torch.bincount(side, minlength=arms) / pairs for side in self.all]

    @property
    def steps_of_epoch(self):
        return self.steps

    def fitted(self):
        logits = self.reference.clone().requires_grad_()
        optimizer = torch.optim.Adam([logits], lr=self.rate)
        (chosen, rejected), (up, down) = self.all, self.shares
        for step in range(self.steps):
            optimizer.param_groups[0]["lr"] = self.rate * (1 - step / self.steps)
            optimizer.zero_grad(set_to_none=True)
            u = torch.log_softmax(logits, 0) - self.reference
            if self.by_arm:
                loss = up @ F.softplus(-u) + down @ F.softplus(u)
            else:
                loss = (F.softplus(-u[chosen]) + F.softplus(u[rejected])).mean()
            loss.backward()
            optimizer.step()
        return torch.log_softmax(logits.detach(), 0)

    def epoch(self):
        self.fitted()

    def losses(self, _):
        policy = self.fitted()
        return [policy[rows].mean().item() for rows in self.all]


class SoftValues(Timed):
    """Values of all draws at once, a row each; states are gathered by a product with a table of moves, or by index."""

    steps_of_epoch = 1

    def __init__(self, question, arrays, by_product):
        self.by_product = by_product
        self.gamma, self.temperature, self.sweeps = question["gamma"], question["temperature"], question["sweeps"]
        self.samples, self.kinds = question["samples"], question["kinds"]
        self.states, self.actions = question["states"], question["actions"]
        self.weights, self.beliefs = (arrays[name].requires_grad_() for name in ("weights", "beliefs"))
        self.weights_noise = arrays["weightsNoise"].view(self.samples, self.kinds)
        self.beliefs_noise = arrays["beliefsNoise"].view(self.samples, 1)
        self.slope = arrays["slope"].view(-1, self.samples).T.contiguous()
        self.next, self.aside = arrays["next"].long(), arrays["slips"].long().view(-1, 2)
        self.arrived = F.one_hot(arrays["kindOf"].long(), self.kinds).float()
        self.goes_on = torch.ones(self.states)
        self.goes_on[question["ends"]] = 0
        meant = F.one_hot(self.next, self.states).float()
        aside = F.one_hot(self.aside, self.states).float().mean(1)
        self.both = torch.cat([meant, aside]).T.contiguous()

    def moves(self, arriving, slip):
        if self.by_product:
            meant, aside = (arriving @ self.both).chunk(2, 1)
        else:
            meant = arriving.index_select(1, self.next)
            aside = (arriving.index_select(1, self.aside[:, 0]) + arriving.index_select(1, self.aside[:, 1])) / 2
        return torch.lerp(meant, aside, slip)

    def loss(self):
        mean, variance = self.weights.split(self.kinds)
        reward = (mean + (variance / 2).exp() * self.weights_noise) @ self.arrived.T
        slip = torch.sigmoid(self.beliefs[0] + (self.beliefs[1] / 2).exp() * self.beliefs_noise)
        values = self.moves(reward, slip)
        for _ in range(self.sweeps - 1):
            softest = torch.logsumexp(values.view(self.samples, self.states, self.actions) / self.temperature, 2)
            state = self.temperature * (softest - math.log(self.actions)) * self.goes_on
            values = self.moves(reward + self.gamma * state, slip)
        prior = -1.5, math.log(2.25)
        kl = (variance.exp() + mean**2 - 1 - variance).sum() / 2
        gap = (self.beliefs[1].exp() + (self.beliefs[0] - prior[0]) ** 2) / math.exp(prior[1])
        return (values * self.slope).sum() + kl + (prior[1] - self.beliefs[1] - 1 + gap) / 2

    def epoch(self):
        self.weights.grad = self.beliefs.grad = None
        loss = self.loss()
        loss.backward()
        return loss

    def losses(self, _):
        return [self.epoch().item(), self.weights.grad.norm().item(), self.beliefs.grad.norm().item()]


POLICIES = {"bandit": Bandit, "soft-values": SoftValues}


def policy_runs(question, arrays):
    kind = POLICIES[question["kind"]]
    return [kind(question, {name: values.clone() for name, values in arrays.items()}, way) for way in (True, False)]
