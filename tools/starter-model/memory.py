"""Stage 2: what the network remembers of the drawings. -> WORK/memory.npz
Latents as int8 (one scale for each channel), and for every drawing: its concept, its set, its main colour, a hash for the
check of originality.   usage: memory.py [WORK] [MODEL]"""
import io
import json
import sys
import numpy as np
from PIL import Image
from learn_words import MODEL
from text import session
from words import COLOURS, STYLES

HEAD = {'hat', 'cap', 'crown', 'helmet', 'tophat', 'headdress'}
FACE = {'glasses', 'sunglasses', 'goggles', 'monocle'}
MIRRORED = ('animal', 'plant', 'food', 'drink', 'sky')          # kinds that nobody reads from left to right
LAST_HUES = np.array([12, 40, 68, 165, 195, 258, 290, 340])     # degrees: where red, orange … pink end; then red again


def pictures(work):
    drawings = [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]
    with open(f'{work}/render/pictures.webp', 'rb') as file:
        for drawing in drawings:
            yield drawing, np.asarray(Image.open(io.BytesIO(file.read(drawing['bytes']))).convert('RGB'))


def difference_hash(picture):
    """64 bits: is a cell of the 8 × 8 grid lighter than its right neighbour?"""
    small = np.asarray(Image.fromarray(picture).convert('L').resize((9, 8), Image.BOX), np.int16)
    return int(''.join('1' if bit else '0' for bit in (small[:, 1:] > small[:, :-1]).ravel()), 2)


def main_colour(picture):
    """-> hue direction (2), luma of the main area, is it grey?, number of the colour word."""
    p = picture.reshape(-1, 3) / 255
    ink = p[p.min(1) < 0.95]
    if len(ink) < 20: return 1, 0, 0.9, 1, 11
    a, b = ink[:, 0] - (ink[:, 1] + ink[:, 2]) / 2, 0.866 * (ink[:, 1] - ink[:, 2])
    chroma, luma = np.hypot(a, b), ink @ [0.3, 0.59, 0.11]
    strong = chroma > 0.15
    if strong.mean() < 0.35:
        tone = float(np.median(luma[~strong]))
        return 1, 0, max(tone, 0.08), 1, 9 if tone < 0.32 else 10 if tone < 0.82 else 11
    angle = np.arctan2(b, a)
    bins = np.bincount(((angle[strong] / (2 * np.pi)) % 1 * 24).astype(int) % 24, weights=np.minimum(chroma[strong], 0.5), minlength=24)
    peak = np.argmax(bins + 0.6 * np.roll(bins, 1) + 0.6 * np.roll(bins, -1))
    middle = (peak + 0.5) / 24 * 2 * np.pi
    near = strong & (np.cos(angle - middle) > 0.8)
    hx, hy = (a[near]).sum(), (b[near]).sum(); size = np.hypot(hx, hy)
    tone = max(float(np.median(luma[near])), 0.08)
    name = int(np.searchsorted(LAST_HUES, np.degrees(np.arctan2(hy, hx)) % 360)) % 8
    if name <= 1 and np.median(ink[near].max(1)) < 0.66: name = 8
    return hx / size, hy / size, tone, 0, name


def main(work='.work', model=MODEL):
    concepts = json.load(open(f'{work}/concepts.json'))
    number = {c['id']: i for i, c in enumerate(concepts)}
    encoder, sets = session(f'{model}/vae_encoder/model.onnx'), list(STYLES)
    rows, latents, hashes, batch = [], [], [], []
    def flush():
        x = np.stack(batch).transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
        latents.append(encoder.run(None, {'sample': x})[0]); batch.clear()
    for drawing, picture in pictures(work):
        batch.append(picture); hashes.append(difference_hash(picture))
        words = set(drawing['label'].split())
        worn = drawing['kind'] in ('clothing', 'game-icons', 'other-object')
        rows.append([number[drawing['id']], sets.index(drawing['set']), *main_colour(picture), worn and bool(words & HEAD), worn and bool(words & FACE),
                     drawing['kind'].startswith(MIRRORED)])
        if len(batch) == 32: flush()
    if batch: flush()
    z = np.concatenate(latents)
    scale = np.maximum(np.quantile(np.abs(z), 0.99995, axis=(0, 2, 3)), 1e-3) / 127
    codes = np.clip(np.round(z / scale[None, :, None, None]), -127, 127).astype(np.int8)
    white = encoder.run(None, {'sample': np.ones((1, 3, 128, 128), np.float32)})[0][0]
    corner = np.abs(z[:, :, [0, 0, -1, -1], [0, -1, 0, -1]] - white[:, [0, 0, -1, -1], [0, -1, 0, -1]]).max((1, 2))
    print(len(z), 'drawings; stored to within', np.abs(codes * scale[None, :, None, None] - z).max(), '; corners not white:', int((corner > 0.3).sum()))
    np.savez(f'{work}/memory.npz', codes=codes, scale=scale.astype(np.float32), rows=np.array(rows, np.float32), white=white,
             hashes=np.array(hashes, np.uint64))


if __name__ == '__main__':
    main(*sys.argv[1:])
