"""Scores of comparisons under a model that pal-lab saved, computed in PyTorch.

    python3 scripts/torch/score.py MODEL.safetensors PAIRS.json

PAIRS.json: {"items": rows of features, or ids where items are learned; "contexts": the same, for models that have them;
"left", "right", "context": indices into them; "user": ids}. Prints {"scores": [...]}: positive where right is preferred.
"""

import json
import struct
import sys

import torch
from torch.nn.functional import cosine_similarity, gelu, linear, relu, softmax

DTYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
ACTIVATIONS = {"linear": lambda x: x, "relu": relu, "gelu": gelu}


def read_tensors(path):
    """Tensors by name, and the metadata, of a safetensors file."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        values = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        flat = torch.frombuffer(values[begin:end], dtype=dtype) if end > begin else torch.empty(0, dtype=dtype)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


class Model:
    def __init__(self, path):
        tensors, metadata = read_tensors(path)
        self.parameters = {name.removeprefix("prefLearner."): value for name, value in tensors.items()}
        self.config = json.loads(metadata["model"])
        self.learned = {
            "items": json.loads(metadata.get("learnedItems", "[]")),
            "contexts": json.loads(metadata.get("learnedContexts", "[]")),
        }

    def project(self, prefix, x):
        """The map `prefix`: linear layers 0, 3, 6 with an activation between them, and x itself in a residual one."""
        kind, activation, *flags = self.config["architecture"].split("-")
        last = int(kind.removeprefix("mlp"))
        z = x
        for layer in range(last + 1):
            name = f"{prefix}.mlp.layers.{3 * layer}"
            z = linear(z, self.parameters[f"{name}.weight"], self.parameters.get(f"{name}.bias"))
            z = z if layer == last else ACTIVATIONS[activation](z)
        return x + z if "residual" in flags else z

    def latent(self, table, rows, prefix, learned):
        """Vectors of the rows of a table: of their features under a map, or learned ones by their ids."""
        ids = self.learned[table]
        if not ids:
            return self.project(prefix, torch.tensor(rows, dtype=torch.float32))
        place = {name: row for row, name in enumerate(ids)}
        return self.parameters[learned][[place[name] for name in rows]]

    def weights(self, users):
        """Rows on the simplex: softmax of the users' free weights, or the heaviest prototype alone in a partition."""
        free = torch.stack([self.parameters[f"user_learner.W.{user}"] for user in users])
        if self.config.get("assignment") != "partition":
            return softmax(free, dim=1)
        return torch.nn.functional.one_hot(free.argmax(dim=1), free.shape[1]).float()

    def rewards(self, pairs, side):
        """The reward of the items on one side, for the users who judge them."""
        kind, items, contexts = self.config["kind"], pairs["items"], pairs.get("contexts")
        index = pairs[side]
        if kind == "pal-a":
            rows = [items[i] for i in index]
            if contexts is not None:
                rows = [row + contexts[c] for row, c in zip(rows, pairs["context"])]
            z = self.latent("items", rows, "item_learner.projector", "item_learner.table")
            distance = (z - self.user_points(pairs["user"])).norm(dim=1)
            return -distance if self.config["distance"] == "plain" else -(distance**2)
        z = self.latent("items", items, "item_learner.projector", "item_learner.table")[index]
        if contexts is None:
            return z[:, 0]
        count = self.config.get("k", 1)
        maps = [
            self.latent("contexts", contexts, f"user_learner.projectors.{k}", f"user_learner.tables.{k}")[pairs["context"]]
            for k in range(count)
        ]
        mixed = self.weights(pairs["user"]) if kind == "pal-b" else torch.ones(len(index), 1)
        direction = (mixed[:, :, None] * torch.stack(maps, dim=1)).sum(dim=1)
        if self.config.get("head") != "scaled-cosine":
            return (z * direction).sum(dim=1)
        return self.parameters["logit_scale"].exp().clamp(max=100) * cosine_similarity(z, direction, dim=1)

    def user_points(self, users):
        prototypes, mixed = self.parameters["user_learner.P"], self.weights(users)
        kind = "Pw" if self.learned["items"] else self.config["userPoint"]
        if kind == "f(Pw)":
            return self.project("item_learner.projector", mixed @ prototypes)
        return mixed @ (prototypes if kind == "Pw" else self.project("item_learner.projector", prototypes))


def main():
    model_path, pairs_path = sys.argv[1:]
    model = Model(model_path)
    with open(pairs_path) as file:
        pairs = json.load(file)
    with torch.no_grad():
        scores = model.rewards(pairs, "right") - model.rewards(pairs, "left")
    print(json.dumps({"scores": scores.tolist()}))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main()
