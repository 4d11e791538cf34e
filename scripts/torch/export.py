"""A checkpoint of the PAL authors' code (Lightning, .ckpt) as safetensors, without its language model, for loadAuthorsCheckpoint.

    python3 scripts/torch/export.py MODEL.ckpt MODEL.safetensors
"""

import json
import re
import struct
import sys

import torch

NAMES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}
LANGUAGE_MODEL = re.compile(r"^prefLearner\.((item_learner|user_learner)\.)?llm\.")


def write_tensors(path, tensors):
    """The safetensors format: header length, JSON header, values."""
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        part = tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
        offsets = [offset, offset + len(part)]
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        parts.append(part)
        offset += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def export(source, target):
    """Returns how many tensors were written, and how many left out: the language model's, and counters."""
    # weights_only: a checkpoint is a pickle, and a pickle may run any code
    state = torch.load(source, map_location="cpu", weights_only=True)
    state = state.get("state_dict", state)
    wanted = {
        name: tensor
        for name, tensor in state.items()
        if tensor.is_floating_point() and not LANGUAGE_MODEL.match(name)
    }
    write_tensors(target, wanted)
    return len(wanted), len(state) - len(wanted)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    written, left_out = export(*sys.argv[1:])
    print(f"{sys.argv[2]}: {written} tensors, {left_out} left out (language model, counters)")
