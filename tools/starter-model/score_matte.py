"""Compares the matte with the true transparency of drawings that are in no memory. -> OUT.json, OUT.png (on dark)   usage: score_matte.py MATTE [OUT]
error: mean of |alpha − true| over the picture, and over pixels within 2 of a true edge; holes: true ground that stayed opaque because it is enclosed;
eaten: true drawing that was taken for ground (white paint without an outline), each as a share of the picture."""
import io
import json
import sys
import numpy as np
from PIL import Image, ImageFilter
from text import session


def cases(folder, every):
    rows = [json.loads(line) for line in open(f'{folder}/drawings.jsonl')]
    with open(f'{folder}/pictures.webp', 'rb') as pictures, open(f'{folder}/alpha.webp', 'rb') as alphas:
        for k, row in enumerate(rows):
            picture, alpha = pictures.read(row['bytes']), alphas.read(row['alphaBytes'])
            if k % every == 0:
                yield row, np.asarray(Image.open(io.BytesIO(picture)).convert('RGB')), np.asarray(Image.open(io.BytesIO(alpha)).convert('L')) / 255


def main(matte, out='.work/matte-score', every=3, codec='../../resources/models/starter'):
    run, encode, decode = session(matte), session(f'{codec}/vae_encoder/model.onnx'), session(f'{codec}/vae_decoder/model.onnx')
    figures, shown = {'as drawn': [], 'through the autoencoder': []}, []
    for row, picture, true in cases('.work/judge', int(every)):
        x = picture.transpose(2, 0, 1)[None].astype(np.float32) / 127.5 - 1
        for name, given in (('as drawn', x), ('through the autoencoder', decode.run(None, {'latent_sample': encode.run(None, {'sample': x})[0]})[0])):
            rgba = run.run(None, {'sample': given})[0][0]
            away = np.abs(rgba[3] - true)
            solid = Image.fromarray((true > 0.5).astype(np.uint8) * 255)
            edge = np.asarray(solid.filter(ImageFilter.MaxFilter(5))) != np.asarray(solid.filter(ImageFilter.MinFilter(5)))
            figures[name].append((away.mean(), away[edge].mean() if edge.any() else 0, ((rgba[3] > 0.9) & (true < 0.1)).mean(), ((rgba[3] < 0.1) & (true > 0.9)).mean()))
        shown.append((row, figures['through the autoencoder'][-1], np.concatenate([(rgba[:3] + 1) * 127.5, rgba[3:] * 255]).round().clip(0, 255).astype(np.uint8).transpose(1, 2, 0)))
    report = {name: {'drawings': len(v), **{key: round(float(np.mean([f[k] for f in v])), 4) for k, key in enumerate(('error', 'error_at_edges', 'holes', 'eaten'))},
                     'drawings_with_holes_over_1_percent': round(float(np.mean([f[2] > 0.01 for f in v])), 3), 'drawings_eaten_over_1_percent': round(float(np.mean([f[3] > 0.01 for f in v])), 3)} for name, v in figures.items()}
    print(json.dumps(report, indent=1))
    json.dump(report, open(f'{out}.json', 'w'), indent=1)
    worst = sorted(shown, key=lambda s: -s[1][0])[:16]
    page = Image.new('RGB', (16 * 132, 3 * 132), (38, 38, 42))
    for line, group in enumerate((shown[::max(1, len(shown) // 32)][:16], shown[5::max(1, len(shown) // 32)][:16], worst)):
        for k, (_, _, rgba) in enumerate(group): page.paste(Image.fromarray(rgba), (k * 132 + 2, line * 132 + 2), Image.fromarray(rgba))
    page.quantize(128, dither=Image.Dither.NONE).save(f'{out}.png', optimize=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
