"""An independent judge of pictures: what do they show? Eyes trained on photographs (judge_network.py), and four sets of drawings that
are in no memory (render.mjs … judge), from which it learns what about 1,260 things look like. It never sees the model's drawings.
usage: judge.py learn -> .work/judge/judge.npz, and how often it is right on a set that was left out"""
import io
import json
import sys
import numpy as np
from PIL import Image
from text import session

SIDE = 160                  # the eyes look at pictures of this size
KINDS = ('emojione', 'fxemoji', 'noto-v1', 'openmoji')


def at_size(picture):
    return np.asarray(Image.fromarray(picture).resize((SIDE, SIDE), Image.BICUBIC))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


class Eyes:
    def __init__(self, work='.work', threads=1):
        self.run = session(f'{work}/judge/eyes.onnx', threads)

    def look(self, pictures, batch=32):
        out = []
        for start in range(0, len(pictures), batch):
            x = np.stack([at_size(p) for p in pictures[start:start + batch]]).transpose(0, 3, 1, 2).astype(np.float32)
            out.append(self.run.run(None, {'pictures': x})[0])
        return np.sign(np.concatenate(out)) * np.sqrt(np.abs(np.concatenate(out)))       # evens out a few loud numbers


def drawings(folder):
    rows = [json.loads(line) for line in open(f'{folder}/drawings.jsonl')]
    with open(f'{folder}/pictures.webp', 'rb') as file:
        return rows, [np.asarray(Image.open(io.BytesIO(file.read(row['bytes']))).convert('RGB')) for row in rows]


def moved(picture, rng):
    """Smaller and aside, on white, and now and then mirrored."""
    side = int(rng.integers(78, 122))
    small = Image.fromarray(picture).resize((side, side), Image.BICUBIC)
    if rng.random() < 0.5: small = small.transpose(Image.FLIP_LEFT_RIGHT)
    page = Image.new('RGB', (128, 128), 'white')
    page.paste(small, (int(rng.integers(0, 129 - side)), int(rng.integers(0, 129 - side))))
    return np.asarray(page)


def recoloured(picture, rng):
    """Hues turned, so that the judge learns shapes and not only colours."""
    hsv = np.asarray(Image.fromarray(picture).convert('HSV')).copy()
    hsv[..., 0] += np.uint8(rng.integers(20, 236))
    return np.asarray(Image.fromarray(hsv, 'HSV').convert('RGB'))


class Judge:
    """Classes are concepts (code points). A picture's likeness to each is the cosine after whitening within the classes."""
    def __init__(self, work='.work'):
        known = np.load(f'{work}/judge/judge.npz', allow_pickle=False)
        self.names, self.mean, self.whiten, self.classes = [str(n) for n in known['names']], known['mean'], known['whiten'], known['classes']
        self.number = {name: i for i, name in enumerate(self.names)}
        self.eyes = Eyes(work)

    def likeness(self, pictures):
        return unit((self.eyes.look(pictures) - self.mean) @ self.whiten) @ self.classes.T

    def ranks(self, pictures, wanted):
        """Place of the wanted concept among all, 1 = the most likely."""
        likeness = self.likeness(pictures)
        return np.array([1 + int((row > row[self.number[name]]).sum()) for row, name in zip(likeness, wanted)])

    def ranks_anywhere(self, picture, wanted):
        """The best place that each wanted concept has in any part of the picture."""
        likeness = self.likeness(parts(picture))
        return [int(min(1 + (row > row[self.number[name]]).sum() for row in likeness)) for name in wanted]


def parts(picture):
    """The whole, and windows of it, each cut to what is drawn in it."""
    out = [picture]
    for side in (64, 80, 96):
        for y in np.linspace(0, 128 - side, 3).astype(int):
            for x in np.linspace(0, 128 - side, 3).astype(int):
                out.append(drawn(picture[y:y + side, x:x + side]))
    return [part for part in out if part is not None]


def drawn(picture):
    ink = picture.min(2) < 240
    if ink.sum() < 60: return None
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    cut = picture[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    side = int(max(cut.shape[:2]) * 1.08) + 2
    page = np.full((side, side, 3), 255, np.uint8)
    y, x = (side - cut.shape[0]) // 2, (side - cut.shape[1]) // 2
    page[y:y + cut.shape[0], x:x + cut.shape[1]] = cut
    return page


def fit(features, labels, count, shrink=0.15):
    """-> mean, whitening matrix, classes [count, d] of unit length"""
    mean = features.mean(0)
    x = features - mean
    sums = np.zeros((count, x.shape[1])); np.add.at(sums, labels, x)
    classes = sums / np.maximum(np.bincount(labels, minlength=count), 1)[:, None]
    within = x - classes[labels]
    scatter = within.T @ within / len(x)
    scatter += shrink * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    value, vector = np.linalg.eigh(scatter)
    whiten = (vector / np.sqrt(value)) @ vector.T
    return mean, whiten, unit(classes @ whiten)


def learn(work='.work'):
    rows, images = drawings(f'{work}/judge')
    eyes, rng = Eyes(work, 2), np.random.default_rng(5)
    names = sorted({row['id'] for row in rows})
    number = {name: i for i, name in enumerate(names)}
    versions = [images, [moved(p, rng) for p in images], [recoloured(moved(p, rng), rng) for p in images]]
    features = np.concatenate([eyes.look(v) for v in versions])
    labels = np.tile([number[row['id']] for row in rows], len(versions))
    sets = np.tile([row['set'] for row in rows], len(versions))
    np.savez(f'{work}/judge/features.npz', features=features, labels=labels, sets=sets)
    report = {}
    for left_out in KINDS:
        mean, whiten, classes = fit(features[sets != left_out], labels[sets != left_out], len(names))
        known = set(labels[sets != left_out])
        test = [i for i in range(len(rows)) if sets[i] == left_out and labels[i] in known]
        likeness = unit((features[test] - mean) @ whiten) @ classes.T
        rank = 1 + (likeness > likeness[np.arange(len(test)), labels[test]][:, None]).sum(1)
        report[left_out] = {'drawings': len(test), 'first': round(float((rank == 1).mean()), 3), 'in_first_5': round(float((rank <= 5).mean()), 3), 'in_first_20': round(float((rank <= 20).mean()), 3)}
        print(left_out, report[left_out])
    mean, whiten, classes = fit(features, labels, len(names))
    np.savez(f'{work}/judge/judge.npz', names=np.array(names), mean=mean, whiten=whiten.astype(np.float32), classes=classes.astype(np.float32))
    json.dump({'things': len(names), 'drawings': len(rows), 'set_left_out': report}, open(f'{work}/judge/judge.json', 'w'), indent=1)


if __name__ == '__main__':
    if sys.argv[1:] == ['learn']: learn()
    else: print(__doc__)
