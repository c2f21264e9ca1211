"""Makes the 48 pictures of prompts.json with fixed seeds, measures time and memory, and looks for near copies. -> OUT/sheet.png, OUT/people.png,
OUT/clear.png (the first 16 on dark), OUT/given.png (started from pictures), OUT/report.json, OUT/blind/ and its key   usage: evaluate.py [MODEL] [OUT] [TRANSFORMER]"""
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
    """Asks a model as the app does. transformer: another denoiser than the folder's own."""
    def __init__(self, model, transformer=None, threads=1):
        self.text = TextEncoder(model, threads)
        self.net, self.decoder, self.encoder = (session(path, threads) for path in (
            transformer or f'{model}/transformer/model.onnx', f'{model}/vae_decoder/model.onnx', f'{model}/vae_encoder/model.onnx'))
        self.matte = session(f'{model}/matte/model.onnx', threads) if os.path.exists(f'{model}/matte/model.onnx') else None
        self.takes_pictures = any(entry.name == 'image_latents' for entry in self.net.get_inputs())

    def paint(self, prompt, seed, steps=STEPS, image=None, strength=1.0, as_numbers=False):
        """image: a picture to start from (128 × 128 RGB)."""
        states, mask = self.text.padded([prompt])
        x = np.random.default_rng(seed).standard_normal((1, 12, 16, 16)).astype(np.float32)
        sigmas = np.linspace(1, 0, steps + 1)
        start, original = 0, np.zeros_like(x)
        if image is not None:
            start = int(max(steps - min(steps * strength, steps), 0))
            original = self.encoder.run(None, {'sample': image.transpose(2, 0, 1)[None].astype(np.float32) / 127.5 - 1})[0]
            if start < steps: x = (1 - sigmas[start]) * original + sigmas[start] * x
            x = x.astype(np.float32) if start < steps else original
        given = {'image_latents': original, 'image_strength': np.full(1, strength if image is not None else 1, np.float32)} if self.takes_pictures else {}
        for now, then in zip(sigmas[start:-1], sigmas[start + 1:]):
            v = self.net.run(None, {'hidden_states': x, 'timestep': np.full(1, 1000 * now, np.float32), 'encoder_hidden_states': states, 'encoder_attention_mask': mask, **given})[0]
            x = x + np.float32(then - now) * v
        out = self.decoder.run(None, {'latent_sample': x})[0]
        return out if as_numbers else ((out[0].transpose(1, 2, 0) + 1) * 127.5).round().clip(0, 255).astype(np.uint8)

    def paint_clear(self, prompt, seed):
        """On a transparent ground: RGBA."""
        rgba = self.matte.run(None, {'sample': self.paint(prompt, seed, as_numbers=True)})[0][0].transpose(1, 2, 0)
        return (np.concatenate([(rgba[..., :3] + 1) * 127.5, rgba[..., 3:] * 255], 2)).round().clip(0, 255).astype(np.uint8)


def sheet(rows, labels, path, columns=8, colours=128):
    high = 16 + 130 * len(rows)
    page = Image.new('RGB', (columns * 132, -(-len(labels) // columns) * high), 'white')
    draw = ImageDraw.Draw(page)
    for i, label in enumerate(labels):
        x, y = i % columns * 132, i // columns * high
        draw.text((x + 2, y + 2), label[:22], fill='black')
        for k, row in enumerate(rows): page.paste(Image.fromarray(row[i]), (x + 2, y + 15 + 130 * k))
    page.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


def given_sheet(painter, path):
    """Rows: a picture, then the same at rising strength with other words."""
    cases = [('red apple', 'a green apple'), ('cat', 'cat with a hat'), ('house', 'a blue house'), ('dog', 'two dogs'), ('robot', 'a rose')]
    made, labels = [], []
    for before, after in cases:
        source = painter.paint(before, 7)
        made += [source] + [painter.paint(after, 9, image=source, strength=s) for s in (0.1, 0.25, 0.5, 0.7, 0.8, 1.0)]
        labels += [before] + [f'{after} {s}' for s in (0.1, 0.25, 0.5, 0.7, 0.8, 1.0)]
    sheet([made], labels, path, columns=7)


def main(model='../../resources/models/starter', out='.work/evaluation', transformer=None):
    os.makedirs(f'{out}/blind', exist_ok=True)
    painter = Painter(model, transformer)
    groups = json.load(open('prompts.json'))
    prompts = [(group, prompt) for group, members in groups.items() for prompt in members]
    painter.paint('cat', 0)
    started = time.process_time()
    made = [painter.paint(prompt, 100 + i) for i, (_, prompt) in enumerate(prompts)]
    seconds = (time.process_time() - started) / len(made)
    second = [painter.paint(prompt, 900 + i) for i, (_, prompt) in enumerate(prompts)]
    sheet([made, second], [p for _, p in prompts], f'{out}/sheet.png')
    given_sheet(painter, f'{out}/given.png')
    people = json.load(open('people.json'))
    sheet([[painter.paint(prompt, seed) for prompt in people] for seed in (1, 2, 3)], people, f'{out}/people.png')
    dark = Image.new('RGB', (8 * 132, 2 * 132), (34, 34, 40))
    for k, (_, prompt) in enumerate(prompts[:16]):
        clear = Image.fromarray(painter.paint_clear(prompt, 100 + k))
        dark.paste(clear, (k % 8 * 132 + 2, k // 8 * 132 + 2), clear)
    dark.quantize(128, dither=Image.Dither.NONE).save(f'{out}/clear.png', optimize=True)
    bank, bits = [], []
    for drawing, picture in pictures('.work'):
        bank.append(f"{drawing['set']}/{drawing['name']}"); bits.append(difference_hash(picture))
    bits = np.array(bits, np.uint64)
    report = {'steps': STEPS, 'processor_seconds_a_picture': round(seconds, 3), 'megabytes_resident': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, 'pictures': []}
    for (group, prompt), picture in zip(prompts, made):
        away = np.bitwise_count(bits ^ np.uint64(difference_hash(picture)))
        best = int(away.argmin())
        report['pictures'].append({'group': group, 'prompt': prompt, 'nearest': bank[best], 'bits_away': int(away[best])})
    for group in groups:
        near = [p['bits_away'] for p in report['pictures'] if p['group'] == group]
        report[f'near_copies_{group}'] = f'{sum(n <= 4 for n in near)} of {len(near)}'
        print(group, 'near copies (at most 4 of 64 bits away):', report[f'near_copies_{group}'])
    for steps in (1, 2, 4, 8):
        times = []
        for seed in range(7):
            started = time.process_time(); painter.paint('blue apple', seed, steps); times.append(time.process_time() - started)
        report[f'processor_seconds_{steps}_steps'] = round(float(np.median(times)), 3)
    print({k: v for k, v in report.items() if k != 'pictures'})
    json.dump(report, open(f'{out}/report.json', 'w'), indent=1)
    rng = random.Random(11)
    order, listed = rng.sample(range(48), 48), rng.sample(range(48), 48)
    sheet([[made[i] for i in order]], [f'#{k + 1}' for k in range(48)], f'{out}/blind/pictures.png')
    open(f'{out}/blind/prompts.txt', 'w').write('\n'.join(f'{chr(65 + k // 26)}{chr(65 + k % 26)}  {prompts[i][1]}' for k, i in enumerate(listed)) + '\n')
    json.dump({f'#{k + 1}': [f'{chr(65 + listed.index(i) // 26)}{chr(65 + listed.index(i) % 26)}', prompts[i][1]] for k, i in enumerate(order)}, open(f'{out}/key.json', 'w'), indent=1)


if __name__ == '__main__':
    main(*sys.argv[1:])
