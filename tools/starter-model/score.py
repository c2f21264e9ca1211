"""Judges a model by prompts that nobody tuned it to, with the independent judge (judge.py). -> OUT.json and what it says on one line a group
usage: score.py MODEL [TRANSFORMER] [--out FILE] [--less N]       (--less: only every Nth prompt, to try the path)
Right is: things, words – the thing is among the judge's first 5 of about 1,260;  colour – among its first 20 (another colour than it is known in
confuses the judge too), and that colour on at least 30 % of what is drawn;  pairs – both things among the first 20 somewhere in the picture;
counts – that many separate shapes, and the thing among the first 20. Beside each stand the same figures for true drawings of the sets (ceiling)
and for pictures of other prompts of the group (floor)."""
import argparse
import hashlib
import json
import random
import numpy as np
from PIL import Image
from evaluate import Painter
from judge import Judge, drawings
from words import COLOURS, JOINERS, plural

CHECKED = ('red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown', 'black')
HUES = {'red': (345, 15), 'orange': (15, 42), 'yellow': (42, 66), 'green': (66, 168), 'blue': (190, 255), 'purple': (250, 300), 'pink': (295, 350)}
NUMBERS = {'two': 2, 'three': 3, 'four': 4}


def sha256(path):
    return hashlib.sha256(open(path, 'rb').read()).hexdigest()


def has_colour(picture, name):
    hsv = np.asarray(Image.fromarray(picture).convert('HSV')).astype(float)
    hue, strong, light = hsv[..., 0] * 360 / 255, hsv[..., 1] / 255, hsv[..., 2] / 255
    ink = picture.min(2) < 240
    if name == 'black': is_ = light < 0.35
    elif name == 'brown': is_ = ((hue < 45) | (hue > 345)) & (strong > 0.25) & (light > 0.15) & (light < 0.72)
    else:
        low, high = HUES[name]
        is_ = (strong > 0.25) & (light > 0.35) & ((hue >= low) & (hue <= high) if low < high else (hue >= low) | (hue <= high))
    return (is_ & ink).sum() >= 0.3 * max(ink.sum(), 1)


def shapes(picture):
    """How many separate shapes of some size are drawn."""
    ink = np.asarray(Image.fromarray((picture.min(2) < 235).astype(np.uint8) * 255).resize((64, 64), Image.BOX)) > 110
    left, sizes = {tuple(p) for p in np.argwhere(ink)}, []
    while left:
        queue = [left.pop()]; size = 0
        while queue:
            y, x = queue.pop(); size += 1
            for near in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1), (y + 1, x + 1), (y - 1, x - 1), (y + 1, x - 1), (y - 1, x + 1)):
                if near in left: left.remove(near); queue.append(near)
        sizes.append(size)
    return sum(size >= 0.15 * max(sizes, default=1) for size in sizes)


def asks(judge, concepts, bank, rng):
    """Prompts of each group: (prompt, ids that may be seen, …)."""
    emoji = [c for c in concepts if c['tags'] and c['id'] in judge.number]
    objects = [c for c in emoji if c['kind'].startswith(('animal', 'plant', 'food', 'drink', 'tool', 'transport', 'clothing', 'musical', 'sport', 'household', 'other-object', 'sky'))
               and len(c['label'].split()) <= 2 and ':' not in c['label']]
    by_tag = {}
    for c in emoji:
        for tag in c['tags']: by_tag.setdefault(tag.lower(), []).append(c['id'])
    kept = {name for c in concepts for name in c['names']} | {c['label'] for c in concepts}
    unseen = [tag for tag, ids in sorted(by_tag.items()) if tag not in kept and len(tag) > 3 and tag.isalpha() and len(ids) <= 12]
    single = [c for c in objects if all(shapes(p) == 1 for p in bank[c['id']])]
    article = lambda label: ('an ' if label[0] in 'aeiou' else 'a ') + label
    pairs = []
    for _ in range(80):
        one, two = rng.sample(objects, 2)
        joiner = rng.choice([j for kind in JOINERS.values() for j in kind.split('|') if j not in ('reading', 'eating', 'playing', 'using', 'wearing', 'chasing', 'riding', 'plus', 'by', 'before')])
        pairs.append((f"{article(one['label'])} {joiner} {article(two['label'])}", [one['id'], two['id']]))
    coloured = [(f"{colour} {c['label']}", [c['id']], colour) for c, colour in ((rng.choice(objects), rng.choice(CHECKED)) for _ in range(100))]
    counted = [(f"{number} {plural(c['label'])}", [c['id']], NUMBERS[number]) for c, number in ((rng.choice(single), rng.choice(list(NUMBERS))) for _ in range(60))]
    return {'things': [(c['label'], [c['id']]) for c in rng.sample(emoji, 150)], 'words': [(tag, by_tag[tag]) for tag in rng.sample(unseen, 100)], 'colour': coloured, 'pairs': pairs, 'counts': counted}


def right(judge, group, picture, ids, extra):
    if group in ('things', 'words'): return min(judge.ranks([picture] * len(ids), ids)) <= 5
    if group == 'colour': return judge.ranks([picture], ids)[0] <= 20 and has_colour(picture, extra)
    if max(judge.ranks_anywhere(picture, ids)) > 20: return False
    return group == 'pairs' or shapes(picture) == extra


def true_picture(group, ids, extra, bank, rng):
    """What a perfect answer made of the sets' drawings would be."""
    if group == 'colour': return None
    if group in ('things', 'words'): return rng.choice(bank[rng.choice([i for i in ids if i in bank])])
    drawn = [rng.choice(bank[i]) for i in ids] if group == 'pairs' else [rng.choice(bank[ids[0]])] * extra
    page = Image.new('RGB', (128, 128), 'white')
    places = {2: [(0, 32), (64, 32)], 3: [(32, 0), (0, 64), (64, 64)], 4: [(0, 0), (64, 0), (0, 64), (64, 64)]}[len(drawn)]
    for picture, place in zip(drawn, places): page.paste(Image.fromarray(picture).resize((62, 62), Image.BICUBIC), place)
    return np.asarray(page)


def score(model, transformer=None, less=1, work='.work'):
    judge, rng = Judge(work), random.Random(2026)
    concepts = json.load(open(f'{work}/concepts.json'))
    bank = {}
    for row, picture in zip(*drawings(f'{work}/render')): bank.setdefault(row['id'], []).append(picture)
    painter = Painter(model, transformer)
    report = {'transformer': sha256(transformer or f'{model}/transformer/model.onnx'), 'judge': json.load(open(f'{work}/judge/judge.json')), 'groups': {}}
    for group, members in asks(judge, concepts, bank, rng).items():
        members = members[::less]
        made = [painter.paint(prompt, 5000 + i) for i, (prompt, *_) in enumerate(members)]
        ids, extras = [m[1] for m in members], [(*m, None)[2] for m in members]
        hits = [bool(right(judge, group, p, i, e)) for p, i, e in zip(made, ids, extras)]
        floor = [right(judge, group, p, i, e) for p, i, e in zip(made[1:] + made[:1], ids, extras)]
        true = [true_picture(group, i, e, bank, rng) for i, e in zip(ids, extras)]
        ceiling = [right(judge, group, p, i, e) for p, i, e in zip(true, ids, extras) if p is not None]
        share = lambda values: round(float(np.mean(values)), 3) if values else None
        report['groups'][group] = {'prompts': len(members), 'right': share(hits), 'true_drawings': share(ceiling), 'other_prompts': share(floor),
                                   'wrong': [m[0] for m, hit in zip(members, hits) if not hit][:25]}
        print(group, {k: v for k, v in report['groups'][group].items() if k != 'wrong'}, flush=True)
    report['score'] = round(float(np.mean([g['right'] for g in report['groups'].values()])), 4)
    print('score', report['score'])
    return report


if __name__ == '__main__':
    ask = argparse.ArgumentParser()
    ask.add_argument('model'); ask.add_argument('transformer', nargs='?'); ask.add_argument('--out'); ask.add_argument('--less', type=int, default=1)
    given = ask.parse_args()
    found = score(given.model, given.transformer, given.less)
    if given.out: json.dump(found, open(given.out, 'w'), indent=1)
