"""Stage 3: learns the network on one thread. It stops after the given minutes and goes on from there when it is started again; every
step's pieces follow from the seed and its number.   usage: train.py [MINUTES] [STEPS]   -> .work/weights.npz, .work/training.jsonl"""
import json
import os
import sys
import time
import numpy as np

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')
SEED, LOW, BATCH, MARGIN = 7, 32, 16, 4
RATE, WARM, KEEP = 1.5e-3, 200, 0.999


def main(minutes='80', steps='9000', work='.work'):
    import tensorflow as tf
    from data import Crops
    from network import fresh, run
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    minutes, steps, path = float(minutes), int(steps), f'{work}/checkpoint.npz'
    names = list(fresh(SEED))
    start, state = 0, {f'{kind}/{n}': v if kind in ('w', 'mean') else 0 * v for kind in ('w', 'mean', 'm', 'v') for n, v in fresh(SEED).items()}
    if os.path.exists(path):
        saved = dict(np.load(path))
        start, state = int(saved.pop('step')), saved
    s = {key: tf.Variable(value) for key, value in state.items()}
    w = {n: s[f'w/{n}'] for n in names}

    def loss_of(out, truth):
        cut = slice(MARGIN * 4, -MARGIN * 4)     # what lies at the rim of a piece knows only half of its surroundings
        d = (out - truth)[:, cut, cut]
        plain = tf.reduce_mean(tf.sqrt(d * d + 1e-6))
        edges = tf.reduce_mean(tf.abs(d[:, 1:] - d[:, :-1])) + tf.reduce_mean(tf.abs(d[:, :, 1:] - d[:, :, :-1]))
        return plain + 0.5 * edges, plain

    @tf.function
    def step(low, truth, rate, t):
        with tf.GradientTape() as tape:
            total, plain = loss_of(run(w, low), truth)
        grads, _ = tf.clip_by_global_norm(tape.gradient(total, [w[n] for n in names]), 0.5)
        for n, g in zip(names, grads):
            m = s[f'm/{n}'].assign(0.9 * s[f'm/{n}'] + 0.1 * g)
            v = s[f'v/{n}'].assign(0.99 * s[f'v/{n}'] + 0.01 * g * g)
            w[n].assign_sub(rate * (m / (1 - 0.9 ** t)) / (tf.sqrt(v / (1 - 0.99 ** t)) + 1e-8))
            s[f'mean/{n}'].assign(s[f'mean/{n}'] + (1 - tf.minimum(KEEP, t / (t + 10))) * (w[n] - s[f'mean/{n}']))
        return plain

    def save(at):
        values = {key: value.numpy() for key, value in s.items()}
        np.savez(f'{work}/next.npz', step=at, **values); os.replace(f'{work}/next.npz', path)
        np.savez(f'{work}/weights.npz', **{n: values[f'mean/{n}'] for n in names})

    crops, began, seen = Crops(work, LOW, BATCH, SEED), time.time(), []
    for i in range(start, steps):
        low, truth = crops.at(i)
        rate = RATE * min(1, (i + 1) / WARM) * (0.01 + 0.99 * (0.5 + 0.5 * np.cos(np.pi * i / steps)))
        seen.append(float(step(low, truth, tf.constant(rate, tf.float32), tf.constant(i + 1.0))))
        over = time.time() - began > 60 * minutes
        if (i + 1) % 100 == 0 or over:
            line = {'step': i + 1, 'loss': round(float(np.mean(seen)), 5), 'seconds': round(time.time() - began, 1), 'load': round(os.getloadavg()[0], 1)}
            print(json.dumps(line), flush=True); open(f'{work}/training.jsonl', 'a').write(json.dumps(line) + '\n'); seen = []
        if (i + 1) % 500 == 0 or over or i + 1 == steps: save(i + 1)
        if over: break


if __name__ == '__main__':
    main(*sys.argv[1:])
