"""Stage 5: how near an enlarged drawing comes to the true one, on concepts that the network never saw, beside Lanczos. From true reductions and from
what the starter's autoencoder makes of them; photos too, which it was not made for. -> OUT/report.json, OUT/sheet.png
usage: evaluate.py [MODEL] [OUT] [PHOTOS, a folder]"""
import glob
import json
import os
import sys
import time
import numpy as np
from PIL import Image, ImageDraw
from data import FACTOR, KINDS, LOW, drawings, lows, truths
from prepare import reduced, session

PAD = 16


class Enlarger:
    def __init__(self, model):
        self.net = session(f'{model}/network/model.onnx')

    def __call__(self, low):
        """uint8 [h, w, 3] -> [4h, 4w, 3]; the edge is repeated, as in the product"""
        high, wide = low.shape[:2]
        x = np.pad(low, ((PAD, PAD + high % 2), (PAD, PAD + wide % 2), (0, 0)), 'edge').transpose(2, 0, 1)[None].astype(np.float32) / 255
        y = self.net.run(None, {'low': x})[0][0].transpose(1, 2, 0)
        y = y[PAD * FACTOR:(PAD + high) * FACTOR, PAD * FACTOR:(PAD + wide) * FACTOR]
        return (y * 255).round().clip(0, 255).astype(np.uint8)


def lanczos(low):
    return np.asarray(Image.fromarray(low).resize((low.shape[1] * FACTOR, low.shape[0] * FACTOR), Image.LANCZOS))


def luma(picture):
    return picture.astype(np.float64) @ [0.299, 0.587, 0.114]


def psnr(a, b):
    return 10 * np.log10(255 ** 2 / max(np.mean((a.astype(np.float64) - b) ** 2), 1e-9))


def blurred(x):
    """Gaussian of 1.5 pixels over 11, as SSIM is defined."""
    k = np.exp(-np.arange(-5, 6) ** 2 / (2 * 1.5 ** 2)); k /= k.sum()
    for axis in (0, 1): x = sum(w * np.take(x, np.arange(i, x.shape[axis] - 10 + i), axis) for i, w in enumerate(k))
    return x


def ssim(a, b):
    a, b = luma(a), luma(b)
    ma, mb = blurred(a), blurred(b)
    va, vb, both = blurred(a * a) - ma ** 2, blurred(b * b) - mb ** 2, blurred(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(np.mean((2 * ma * mb + c1) * (2 * both + c2) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2))))


def compare(pairs, enlarge):
    """pairs of (low, truth) -> means of both ways, and in how many the network is nearer"""
    rows = []
    for low, truth in pairs:
        ours, plain = enlarge(low), lanczos(low)
        rows.append((psnr(ours, truth), ssim(ours, truth), psnr(plain, truth), ssim(plain, truth)))
    r = np.array(rows)
    return {'pictures': len(r), 'psnr': round(float(r[:, 0].mean()), 2), 'psnr_lanczos': round(float(r[:, 2].mean()), 2), 'ssim': round(float(r[:, 1].mean()), 4),
            'ssim_lanczos': round(float(r[:, 3].mean()), 4), 'nearer_by_psnr': int((r[:, 0] > r[:, 2]).sum()), 'worst_difference_db': round(float((r[:, 0] - r[:, 2]).min()), 2)}


def sheet(columns, path, side=384):
    """columns: (name, [low, lanczos, ours, truth]); the pieces are shown large, since edges are what it is about"""
    names = ('128 pixels', 'Lanczos', 'enlarged', 'true drawing')
    page = Image.new('RGB', (70 + len(columns) * (side // 2 + 6), 16 + 4 * (side // 2 + 6)), 'white')
    draw = ImageDraw.Draw(page)
    for row, name in enumerate(names): draw.text((2, 16 + row * (side // 2 + 6) + 80), name, fill='black')
    for i, (name, pictures) in enumerate(columns):
        draw.text((72 + i * (side // 2 + 6), 2), name[:30], fill='black')
        for row, picture in enumerate(pictures):
            page.paste(Image.fromarray(picture).resize((side // 2, side // 2), Image.NEAREST), (70 + i * (side // 2 + 6), 16 + row * (side // 2 + 6)))
    page.quantize(255, dither=Image.Dither.NONE).save(path, optimize=True)


def photo_pairs(folder):
    for file in sorted(glob.glob(f'{folder}/*')):
        picture = Image.open(file).convert('RGB')
        side = min(picture.size) // FACTOR * FACTOR
        truth = picture.resize((512, 512), Image.LANCZOS, (0, 0, side, side)) if side > 512 else picture.crop((0, 0, side, side))
        yield np.asarray(truth.resize((truth.width // FACTOR, truth.height // FACTOR), Image.LANCZOS)), np.asarray(truth)


def main(model='../../resources/models/upscaler', out='.work/evaluation', photos=None, work='.work'):
    os.makedirs(out, exist_ok=True)
    enlarge, listed, truth, low = Enlarger(model), drawings(work), truths(work), lows(work)
    held = [i for i, d in enumerate(listed) if d['heldOut']]
    report = {}
    for kind, name in enumerate(KINDS):
        report[name] = compare(((low[i, kind], truth[i]) for i in held), enlarge)
        print(name, report[name], flush=True)
    for name in sorted({d['set'] for d in listed}):
        own = [i for i in held if listed[i]['set'] == name]
        report[f'decoded, {name}'] = compare(((low[i, 0], truth[i]) for i in own), enlarge)
    seen = [i for i, d in enumerate(listed) if not d['heldOut']][::16][:len(held)]
    report['decoded, seen in training'] = compare(((low[i, 0], truth[i]) for i in seen), enlarge)
    if photos: report['photos, lanczos'] = compare(photo_pairs(photos), enlarge)
    picture = low[held[0], 0]
    enlarge(picture)
    started = time.process_time()
    for _ in range(10): enlarge(picture)
    report['cpu_seconds_a_picture'] = round((time.process_time() - started) / 10, 3)
    print(json.dumps(report, indent=1))
    json.dump(report, open(f'{out}/report.json', 'w'), indent=1)
    columns = []
    for i in held[:: max(1, len(held) // 10)][:10]:
        kind = 0 if len(columns) % 3 < 2 else 1
        y, x = (24, 24) if len(columns) % 2 else (40, 16)
        small = slice(y, y + 48), slice(x, x + 48)
        big = slice(y * FACTOR, (y + 48) * FACTOR), slice(x * FACTOR, (x + 48) * FACTOR)
        columns.append((f"{listed[i]['name']}, {KINDS[kind]}", [low[i, kind][small], lanczos(low[i, kind])[big], enlarge(low[i, kind])[big], truth[i][big]]))
    sheet(columns, f'{out}/sheet.png')


if __name__ == '__main__':
    main(*sys.argv[1:])
