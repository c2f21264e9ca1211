"""Stage 4: makes the 48 pictures of prompts.json with fixed seeds and judges them. -> OUT/sheet.png, OUT/report.json, OUT/blind/
usage: evaluate.py [MODEL] [OUT]"""
import json
import os
import random
import resource
import sys
import time
import numpy as np
from PIL import Image, ImageDraw
from memory import difference_hash, pictures
from text import TextEncoder, session

STEPS = 4


class Painter:
    def __init__(self, model, transformer):
        self.text = TextEncoder(model)
        self.net, self.decoder = session(transformer), session(f'{model}/vae_decoder/model.onnx')

    def paint(self, prompt, seed, steps=STEPS):
        states, mask = self.text.padded([prompt])
        x = np.random.default_rng(seed).standard_normal((1, 12, 16, 16)).astype(np.float32)
        sigmas = np.linspace(1, 0, steps + 1)
        for now, then in zip(sigmas[:-1], sigmas[1:]):
            v = self.net.run(None, {'hidden_states': x, 'timestep': np.full(1, 1000 * now, np.float32), 'encoder_hidden_states': states, 'encoder_attention_mask': mask})[0]
            x = x + np.float32(then - now) * v
        out = self.decoder.run(None, {'latent_sample': x})[0][0]
        return ((out.transpose(1, 2, 0) + 1) * 127.5).round().clip(0, 255).astype(np.uint8)


def sheet(rows, labels, path, columns=8, colours=128):
    high = 16 + 130 * len(rows)
    page = Image.new('RGB', (columns * 132, -(-len(labels) // columns) * high), 'white')
    draw = ImageDraw.Draw(page)
    for i, label in enumerate(labels):
        x, y = i % columns * 132, i // columns * high
        draw.text((x + 2, y + 2), label[:22], fill='black')
        for k, row in enumerate(rows): page.paste(Image.fromarray(row[i]), (x + 2, y + 15 + 130 * k))
    page.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


def main(model='../../resources/models/starter', out='.work/evaluation', transformer=None):
    os.makedirs(f'{out}/blind', exist_ok=True)
    painter = Painter(model, transformer or f'{model}/transformer/model.onnx')
    groups = json.load(open('prompts.json'))
    prompts = [(group, prompt) for group, members in groups.items() for prompt in members]
    painter.paint('cat', 0)
    started = time.perf_counter()
    made = [painter.paint(prompt, 100 + i) for i, (_, prompt) in enumerate(prompts)]
    seconds = (time.perf_counter() - started) / len(made)
    second = [painter.paint(prompt, 900 + i) for i, (_, prompt) in enumerate(prompts)]
    sheet([made, second], [p for _, p in prompts], f'{out}/sheet.png')
    bank, bits, mirrored = [], [], []
    for drawing, picture in pictures('.work'):
        bank.append(f"{drawing['set']}/{drawing['name']}"); bits.append(difference_hash(picture))
    bits = np.array(bits, np.uint64)
    report = {'steps': STEPS, 'seconds_a_picture_one_thread': round(seconds, 2), 'megabytes_resident': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, 'pictures': []}
    for (group, prompt), picture in zip(prompts, made):
        away = np.bitwise_count(bits ^ np.uint64(difference_hash(picture)))
        best = int(away.argmin())
        report['pictures'].append({'group': group, 'prompt': prompt, 'nearest': bank[best], 'bits_away': int(away[best])})
    for group in groups:
        near = [p['bits_away'] for p in report['pictures'] if p['group'] == group]
        report[f'near_copies_{group}'] = f'{sum(n <= 4 for n in near)} of {len(near)}'
        print(group, 'near copies (at most 4 of 64 bits away):', report[f'near_copies_{group}'])
    for steps in (1, 2, 4, 8):
        started = time.perf_counter(); painter.paint('blue apple', 1, steps); report[f'seconds_{steps}_steps'] = round(time.perf_counter() - started, 2)
    print({k: v for k, v in report.items() if k != 'pictures'})
    json.dump(report, open(f'{out}/report.json', 'w'), indent=1)
    rng = random.Random(11)
    order, listed = rng.sample(range(48), 48), rng.sample(range(48), 48)
    sheet([[made[i] for i in order]], [f'#{k + 1}' for k in range(48)], f'{out}/blind/pictures.png')
    open(f'{out}/blind/prompts.txt', 'w').write('\n'.join(f'{chr(65 + k // 26)}{chr(65 + k % 26)}  {prompts[i][1]}' for k, i in enumerate(listed)) + '\n')
    json.dump({f'#{k + 1}': [f'{chr(65 + listed.index(i) // 26)}{chr(65 + listed.index(i) % 26)}', prompts[i][1]] for k, i in enumerate(order)}, open(f'{out}/key.json', 'w'), indent=1)


if __name__ == '__main__':
    main(*sys.argv[1:])
