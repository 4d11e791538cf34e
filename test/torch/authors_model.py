"""Models with the PAL authors' parameter names and formulas, for the tests of loadAuthorsCheckpoint and of the oracle's reader.

    python3 test/torch/authors_model.py FOLDER

Writes FOLDER/<n>.safetensors (through scripts/torch/export.py) for many variants, 0.ckpt too, and prints {"cases": [...]} as the oracle's
files have them: the input and what these formulas give in float64.
"""

import json
import os
import sys

import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "scripts", "torch"))
from export import export  # noqa: E402

ACTIVATIONS = {"linear": nn.Identity, "relu": nn.ReLU, "gelu": nn.GELU}
ARCHITECTURES = [
    "mlp0-linear-dropout0-nobias",
    "mlp0-linear-dropout0",
    "mlp1-linear-dropout0",
    "mlp1-relu-dropout0-residual",
    "mlp1-gelu-dropout0-nobias",
    "mlp2-relu-dropout5",
    "mlp2-gelu-dropout0-residual",
    "mlp2-relu-dropout0-nobias",
]
USERS = ["ada", "bob", "0", "user/with space", "ünal"]


class Sequence(nn.Module):
    def __init__(self, arch, size):
        super().__init__()
        kind, activation, dropout, *flags = arch.split("-")
        self.residual = "residual" in flags
        widths = [size[0]] + [size[1]] * (int(kind[3:]) + 1)
        layers = []
        for d_in, d_out in zip(widths, widths[1:]):
            layers += [nn.Linear(d_in, d_out, bias="nobias" not in flags)]
            layers += [nn.Dropout(float("0." + dropout[7:])), ACTIVATIONS[activation]()]
        self.layers = nn.Sequential(*layers[:-2])

    def forward(self, x):
        return x + self.layers(x) if self.residual else self.layers(x)


class Map(nn.Module):
    def __init__(self, arch, size):
        super().__init__()
        self.mlp = Sequence(arch, size)

    def forward(self, x):
        return self.mlp(x)


def module(**children):
    result = nn.Module()
    for name, child in children.items():
        setattr(result, name, child)
    return result


def learner(case):
    """The tree of modules whose state_dict has the authors' names, with a small stand-in for the language model."""
    size, k, arch = (case["d_in"], case["d_out"]), case["k"], case["arch"]
    llm = module(embeddings=nn.Embedding(3, 2))
    llm.register_buffer("position_ids", torch.arange(3))
    softmax = module(temperature=nn.Parameter(torch.ones(1), requires_grad=False))
    weights = nn.ParameterDict({user: nn.Parameter(torch.randn(k)) for user in USERS})
    f = Map(arch, size)
    scale = nn.Parameter(torch.tensor(1 / 0.07).log())
    shared = {"llm": llm, "logit_scale": scale, "softmax_w": softmax}
    items = module(llm=llm, projector=f)
    if case["model"] == "A":
        width = size[1] if case["user_point"] == "Pw" else size[0]
        users = module(P=nn.Parameter(torch.randn(k, width)), W=weights, projector=f, softmax=softmax)
        return module(**shared, projector=f, item_learner=items, user_learner=users)
    maps = nn.ModuleDict({str(i): Map(arch, size) for i in range(k)})
    users = module(llm=llm, softmax=softmax, W=weights, projectors=maps)
    return module(**shared, projector_f=f, item_learner=items, user_learner=users)


def score(model, case, data):
    """Model A: a score for each comparison. Model B: two logits."""
    f, users = model.item_learner.projector, model.user_learner
    w = torch.stack([users.W[USERS[i]] for i in case["user"]]).softmax(dim=1)
    left, right = f(data["left"]), f(data["right"])
    if case["model"] == "A":
        points = {"f(Pw)": lambda: f(w @ users.P), "f(P)w": lambda: w @ f(users.P), "Pw": lambda: w @ users.P}
        u = points[case["user_point"]]()
        return (left - u).norm(dim=1) - (right - u).norm(dim=1)
    z = sum(w[:, [k]] * users.projectors[str(k)](data["prompt"]) for k in range(case["k"]))
    cosine = torch.nn.functional.cosine_similarity
    return torch.stack([cosine(left, z, dim=1), cosine(right, z, dim=1)], dim=1) * model.logit_scale.exp().clamp(max=100)


def layers(connector):
    linear = [layer for layer in connector.mlp.layers if isinstance(layer, nn.Linear)]
    numbers = lambda tensor: None if tensor is None else tensor.tolist()  # noqa: E731
    return [
        {
            "weight": layer.weight.tolist(),
            "bias": numbers(layer.bias),
            "grad_weight": layer.weight.grad.tolist(),
            "grad_bias": numbers(layer.bias if layer.bias is None else layer.bias.grad),
        }
        for layer in linear
    ]


def compute(model, case):
    """Fills in what the oracle's files have: values, scores, loss and gradients."""
    rows = 12
    names = ["left", "right"] + (["prompt"] if case["model"] == "B" else [])
    data = {name: torch.randn(rows, case["d_in"]) for name in names}
    case["user"] = torch.randint(len(USERS), (rows,)).tolist()
    y = torch.randint(2, (rows,)) * 2 - 1
    model.double().eval()
    scores = score(model, case, {name: values.double() for name, values in data.items()})
    if case["model"] == "A":
        loss = (1 - y * scores).clamp(min=0).mean()
    else:
        loss = nn.functional.cross_entropy(scores, (y + 1) // 2)
    loss.backward()
    users = model.user_learner
    case.update({name: values.tolist() for name, values in data.items()}, y=y.tolist(), score=scores.tolist())
    case.update(loss=loss.item(), V=[users.W[user].tolist() for user in USERS], f=layers(model.item_learner.projector))
    zero = torch.zeros(case["k"])
    case["grad_V"] = [(users.W[user].grad if users.W[user].grad is not None else zero).tolist() for user in USERS]
    if case["model"] == "A":
        case.update(P=users.P.tolist(), grad_P=users.P.grad.tolist())
    else:
        case["g"] = [layers(users.projectors[str(k)]) for k in range(case["k"])]
        case.update(logit_scale=model.logit_scale.item(), grad_logit_scale=model.logit_scale.grad.item())


def variants():
    for index, arch in enumerate(ARCHITECTURES):
        size = {"d_in": 5, "d_out": 5} if "residual" in arch else {"d_in": 6, "d_out": 4}
        common = {"arch": arch, **size, "k": 1 + index % 4}
        for point in ["f(Pw)", "f(P)w", "Pw"]:
            yield {**common, "model": "A", "user_point": point, "head": "dist", "loss_name": "hinge"}
        yield {**common, "model": "B", "user_point": None, "head": "angle", "loss_name": "CE"}


def main(folder):
    torch.manual_seed(1)
    cases = list(variants())
    for index, case in enumerate(cases):
        model = learner(case)
        path = os.path.join(folder, str(index))
        torch.save({"epoch": 1, "state_dict": module(prefLearner=model).state_dict()}, f"{path}.ckpt")
        export(f"{path}.ckpt", f"{path}.safetensors")
        compute(model, case)
        if index > 0:
            os.remove(f"{path}.ckpt")
    print(json.dumps({"users": USERS, "cases": cases}))


if __name__ == "__main__":
    main(sys.argv[1])
