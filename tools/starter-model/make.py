"""Runs all stages, each only if what it writes is missing or older than what it reads, so that it goes on where it was stopped.
usage: make.py [--from STAGE] [--list]     Ends before install_model.py: whether the result goes into the product is a decision of its own."""
import os
import subprocess
import sys
import time

WORK = '.work'
SETS = [f'{WORK}/icons/node_modules/.package-lock.json']
STAGES = [  # name, command, reads, writes
    ('drawings', ['node', 'render.mjs', f'{WORK}/icons', f'{WORK}/render'], [*SETS, 'render.mjs'], [f'{WORK}/render/sets.json']),
    ('words', ['learn_words.py'], [f'{WORK}/render/drawings.jsonl', 'learn_words.py', 'words.py'], [f'{WORK}/words.npz', f'{WORK}/concepts.json']),
    ('memory', ['memory.py'], [f'{WORK}/concepts.json', 'memory.py'], [f'{WORK}/memory.npz']),
    ('network', ['network.py'], [f'{WORK}/words.npz', f'{WORK}/memory.npz', 'network.py', 'arrange.py', 'given.py', 'graph.py'], [f'{WORK}/model/transformer/model.onnx']),
    ('matte', ['matte.py'], ['matte.py', 'graph.py'], [f'{WORK}/model/matte/model.onnx']),
    ('judge-drawings', ['node', 'render.mjs', f'{WORK}/icons', f'{WORK}/judge', '1', 'judge'], [*SETS, 'render.mjs'], [f'{WORK}/judge/sets.json']),
    ('judge-eyes', ['judge_network.py'], ['judge_network.py', 'graph.py'], [f'{WORK}/judge/eyes.onnx']),
    ('judge', ['judge.py', 'learn'], [f'{WORK}/judge/sets.json', f'{WORK}/judge/eyes.onnx', 'judge.py'], [f'{WORK}/judge/judge.npz']),
]


def is_made(reads, writes):
    if not all(os.path.exists(path) for path in writes): return False
    return max(os.path.getmtime(path) for path in reads) <= min(os.path.getmtime(path) for path in writes)


def main(arguments):
    names = [name for name, *_ in STAGES]
    if '--list' in arguments: return print('\n'.join(names))
    again = names[names.index(arguments[1]):] if arguments[:1] == ['--from'] else []
    if not os.path.exists(SETS[0]): sys.exit('The sets of drawings are not installed: see README.md.')
    # One thread: sums come out the same whatever else the computer does.
    environment = {**os.environ, 'OPENBLAS_NUM_THREADS': '1', 'OMP_NUM_THREADS': '1', 'MKL_NUM_THREADS': '1'}
    for name, command, reads, writes in STAGES:
        if name not in again and is_made(reads, writes):
            print(f'{name}: there')
            continue
        started = time.time()
        print(f'{name}: {" ".join(command)}', flush=True)
        subprocess.run(command if command[0] == 'node' else [sys.executable, *command], check=True, env=environment)
        print(f'{name}: {time.time() - started:.0f} s', flush=True)


if __name__ == '__main__':
    main(sys.argv[1:])
