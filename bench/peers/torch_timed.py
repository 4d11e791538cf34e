"""What every way of writing a training is asked."""

import time


class Timed:
    """A training with `epoch()` and `steps_of_epoch`."""

    def losses(self, steps):
        return [self.epoch() for _ in range(steps)]

    def round(self, seconds):
        """Processor time of a step in microseconds, over at least `seconds`, and the share of the elapsed time that it is."""
        epochs, start, used = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < seconds:
            self.epoch()
            epochs += 1
        steps = epochs * self.steps_of_epoch
        elapsed, used = time.perf_counter() - start, time.process_time() - used
        return {"microseconds": used / steps * 1e6, "share": used / elapsed}
