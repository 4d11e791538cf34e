"""New users of a frozen PAL-A, all at once: Newton's method on the simplex for the logistic loss with a Dirichlet prior."""

import time

import torch
import torch.nn.functional as F

MOST_STEPS = 60
MOST_HALVINGS = 30


class Adaptation:
    """One way of computing it: in single or double precision, from features to weights."""

    def __init__(self, question, arrays, parameters, dtype):
        self.users, self.concentration, self.tolerance = question["sizes"]["users"], question["concentration"], question["tolerance"]
        self.map, self.prototypes = parameters["item_learner.projector.mlp.layers.0.weight"], parameters["user_learner.P"]
        self.items, self.left, self.right = arrays["items"], arrays["left"], arrays["right"]
        self.label = arrays["label"].view(self.users, -1, 1)  # the rows of a user follow each other
        self.dtype = dtype

    def agreement(self):
        """label · score of each comparison under each prototype alone, [users, comparisons, K]; scores mix linearly."""
        left, right = F.linear(F.embedding(self.left, self.items), self.map), F.linear(F.embedding(self.right, self.items), self.map)
        points = F.linear(self.prototypes, self.map)
        difference = left - right
        scores = (difference * (left + right)).sum(1, keepdim=True) - 2 * difference @ points.T
        return (self.label * scores.view(self.users, -1, len(points))).to(self.dtype)

    def weights(self):
        with torch.inference_mode():
            agreement = self.agreement()
            k = agreement.shape[2]
            prior = self.concentration - 1
            w = torch.full((self.users, k), 1 / k, dtype=self.dtype)

            def objective(w):
                return F.softplus(-(agreement @ w.unsqueeze(2)).squeeze(2)).sum(1) - prior * w.log().sum(1)

            value = objective(w)
            for _ in range(MOST_STEPS):
                miss = torch.sigmoid(-(agreement @ w.unsqueeze(2)))
                gradient = -(agreement * miss).sum(1) - prior / w
                hessian = (agreement * (miss * (1 - miss))).transpose(1, 2) @ agreement + torch.diag_embed(prior / w**2)
                a, b = torch.linalg.solve(hessian, torch.stack([gradient, torch.ones_like(gradient)], 2)).unbind(2)
                step = (a.sum(1) / b.sum(1)).unsqueeze(1) * b - a
                slope = (step * gradient).sum(1)
                moves = slope < -2 * self.tolerance
                if not moves.any():
                    break
                inside = torch.where(step < 0, -0.99 * w / step, torch.ones_like(w)).amin(1).clamp(max=1)
                length = torch.where(moves, inside, torch.zeros_like(inside))
                for _ in range(MOST_HALVINGS):
                    trial = w + length.unsqueeze(1) * step
                    after = objective(trial)
                    worse = after > value + 1e-4 * length * slope
                    if not worse.any():
                        break
                    length = torch.where(worse, length / 2, length)
                w, value = trial, after
            return w / w.sum(1, keepdim=True)

    def round(self, seconds):
        count, start, used = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < seconds:
            self.weights()
            count += 1
        elapsed, used = time.perf_counter() - start, time.process_time() - used
        return {"microseconds": used / count * 1e6, "share": used / elapsed}
