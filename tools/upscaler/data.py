"""The pairs: a drawing at 512 pixels, and what comes in for it at 128."""
import json
import os
import numpy as np

SIDE, LOW, FACTOR = 512, 128, 4
KINDS = ('decoded', 'lanczos', 'area')      # how a low picture came to be


def drawings(work):
    return [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]


def truths(work):
    count = os.path.getsize(f'{work}/render/truth.bin') // (SIDE * SIDE * 3)
    return np.memmap(f'{work}/render/truth.bin', np.uint8, 'r', shape=(count, SIDE, SIDE, 3))


def lows(work):
    """-> uint8 [drawing, kind, 128, 128, 3]"""
    return np.load(f'{work}/lows.npy', mmap_mode='r')


class Crops:
    """Random pieces of the drawings that are not held out, turned, mirrored, and with other colours."""

    def __init__(self, work, low, batch, seed):
        self.truth, self.low = truths(work), np.load(f'{work}/lows.npy')
        self.use = np.array([i for i, d in enumerate(drawings(work)) if not d['heldOut']])
        self.size, self.batch, self.seed = low, batch, seed

    def at(self, step):
        """-> low [batch, s, s, 3], truth [batch, 4s, 4s, 3], float32 0…1. The same for the same step, so that training can go on anywhere."""
        rng = np.random.default_rng([self.seed, step])
        pairs = [self.piece(rng) for _ in range(self.batch)]
        return [np.stack(side).astype(np.float32) / 255 for side in zip(*pairs)]

    def piece(self, rng):
        for _ in range(4):                  # flat pieces teach nothing
            i, kind = rng.choice(self.use), rng.choice(3, p=(0.6, 0.2, 0.2))
            y, x = rng.integers(0, LOW - self.size + 1, 2)
            low = self.low[i, kind, y:y + self.size, x:x + self.size]
            if low.std() > 12: break
        cut = slice(y * FACTOR, (y + self.size) * FACTOR), slice(x * FACTOR, (x + self.size) * FACTOR)
        high = self.truth[i][cut]
        turn, flip, channels = rng.integers(4), rng.random() < 0.5, rng.permutation(3)
        inverse, grey = rng.random() < 0.15, rng.random() < 0.1
        def changed(p):
            p = np.rot90(p, turn)[:, ::-1] if flip else np.rot90(p, turn)
            p = p[..., channels]
            if grey: p = np.repeat(p.mean(2, keepdims=True), 3, 2)
            return 255 - p if inverse else p
        return changed(low), changed(high)
