"""Stage 1: what the network knows of words. -> WORK/words.npz, WORK/concepts.json   usage: learn_words.py [WORK] [MODEL]
probe:  a classifier of token states, of one hidden layer: what part a word plays (thing, one of the colours, styles, ways to join, other);
map:    a linear map that takes the mean state of the thing's words in a prompt to the mean state of the same label said alone;
keys:   those means, of unit length, for the labels (and for emoji up to five keywords) of every concept."""
import json
import random
import sys
from collections import Counter
import numpy as np
from text import TextEncoder
from words import ROLE, ROLES, WORD_ROLE, label_parts, sample_prompt

MODEL = '../../resources/models/starter'
HIDDEN, BATCH = 96, 256     # inner numbers of the classifier; tokens that it learns from at a time
KEYS = 6            # keys of a concept that has keywords: its label, then keywords
PROMPTS = 20000
JOINING = (' with ', ' and ', ' in ', ' on ', ' of ', ' under ', ' behind ', ' by ', ' over ', ':')


def concepts_of(drawings):
    """Concepts in the order of first appearance: id, label without its colours, keywords."""
    seen = {}
    for drawing in drawings:
        bare = ''.join(t for t, r in label_parts(drawing['label']) if r in (ROLE['thing'], ROLE['other'])).split()
        drawing['bare'] = ' '.join(bare) or drawing['label']
        if drawing['id'] not in seen:
            seen[drawing['id']] = dict(id=drawing['id'], label=drawing['bare'], kind=drawing['kind'], tags=drawing['tags'])
    return list(seen.values())


def aliases(concept, commonness):
    label = concept['label']
    out = [label]
    for cut in (' face', 'woman: ', 'person '):
        if concept['kind'].startswith('animal') and label.endswith(' face') and cut == ' face': out.append(label[:-5])
    tags = [t.lower() for t in concept['tags'] if len(t) > 2 and t.lower() not in label and commonness[t.lower()] <= 12]
    return (out + sorted(tags, key=lambda t: commonness[t]))[:KEYS]


def train_probe(states, roles, hidden=HIDDEN, steps=4000, rate=3e-3, seed=0):
    """A small network with one hidden layer, trained by Adam; classes weigh by the root of their rarity. -> its four arrays, for states as they are"""
    count, rng = len(ROLES), np.random.default_rng(seed)
    mean, spread = states.mean(0), np.maximum(states.std(0), 1e-2)
    x = ((states - mean) / spread).astype(np.float32)
    often = np.bincount(roles, minlength=count); share = ((len(roles) / count / np.maximum(often, 1)) ** 0.5).astype(np.float32)
    values = [rng.standard_normal(shape).astype(np.float32) * scale for shape, scale in (((384, hidden), 384 ** -0.5), ((hidden,), 0), ((hidden, count), hidden ** -0.5), ((count,), 0))]
    slow, wide = [np.zeros_like(v) for v in values], [np.zeros_like(v) for v in values]
    for step in range(1, steps + 1):
        pick = rng.integers(0, len(x), BATCH)
        seen = x[pick] + rng.standard_normal((BATCH, 384), np.float32) * np.float32(0.25)                # states of words that were not seen lie beside those that were
        inner = np.maximum(seen @ values[0] + values[1], 0)
        logits = inner @ values[2] + values[3]
        p = np.exp(logits - logits.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
        p[np.arange(BATCH), roles[pick]] -= 1
        p *= share[roles[pick]][:, None] / BATCH
        back = (p @ values[2].T) * (inner > 0)
        now = rate * (1 - step / steps) + 1e-6
        for k, slope in enumerate((seen.T @ back, back.sum(0), inner.T @ p, p.sum(0))):
            slow[k] = 0.9 * slow[k] + 0.1 * slope; wide[k] = 0.999 * wide[k] + 0.001 * slope * slope
            values[k] -= now * (slow[k] / (1 - 0.9 ** step) / (np.sqrt(wide[k] / (1 - 0.999 ** step)) + 1e-8) + 1e-4 * values[k])
    w1, b1, w2, b2 = values
    w1 = w1 / spread[:, None]
    return [v.astype(np.float32) for v in (w1, b1 - mean @ w1, w2, b2)]


def roles_of(states, probe):
    w1, b1, w2, b2 = probe
    return (np.maximum(states @ w1 + b1, 0) @ w2 + b2).argmax(-1)


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-6)


def main(work='.work', model=MODEL):
    drawings = [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]
    concepts = concepts_of(drawings)
    encoder, rng = TextEncoder(model), random.Random(1)
    labels = sorted({c['label'] for c in concepts if not any(j in f" {c['label']} " for j in JOINING)})
    emoji = [c for c in concepts if c['tags']]
    plain = lambda word: word.replace(' ', '').isalpha() and word not in WORD_ROLE and not any(j in f' {word} ' for j in JOINING)
    uses = Counter(word for c in emoji for word in {c['label'], *c['label'].split(), *(t.lower() for t in c['tags'])})
    common = sorted({c['label'] for c in emoji if c['label'] in set(labels)} | {t.lower() for c in emoji for t in c['tags'] if len(t) > 2 and plain(t.lower())})
    often = [uses[word] ** 0.5 for word in common]
    prompts = [sample_prompt(labels, (common, often), rng) for _ in range(PROMPTS)]
    encoded = encoder.encode([''.join(t for t, _ in parts) for parts, _, _ in prompts])
    states, roles, tests = [], [], []
    for k, ((parts, _, _), (rows, encoding)) in enumerate(zip(prompts, encoded)):
        by_character = [role for text, role in parts for _ in text]
        mine = [by_character[a] if b > a and a < len(by_character) else 0 for a, b in encoding.offsets]
        states.append(rows); roles.append(np.array(mine)); tests.append(np.full(len(rows), k % 10 == 0))
    flat, truth, test = np.concatenate(states), np.concatenate(roles), np.concatenate(tests)
    probe = train_probe(flat[~test], truth[~test])
    guess = roles_of(flat, probe)
    print('probe: right on %.4f of the training tokens, %.4f of others' % ((guess == truth)[~test].mean(), (guess == truth)[test].mean()))
    wrong = Counter((ROLES[a], ROLES[b]) for a, b in zip(truth[test], guess[test]) if a != b); print(wrong.most_common(12))

    commonness = Counter(t.lower() for c in concepts for t in c['tags'])
    names = [aliases(c, commonness) for c in concepts]
    texts = sorted({n for ns in names for n in ns} | {*labels, *common})
    alone = {}
    for text, (rows, _) in zip(texts, encoder.encode(texts)):
        role = roles_of(rows, probe)[1:-1]
        keep = role == ROLE['thing']
        alone[text] = unit(rows[1:-1][keep].mean(0) if keep.any() else rows[1:-1].mean(0))
    queries, wanted, answer = [], [], []
    for (parts, one, two), rows, role in zip(prompts, states, roles):
        cut = np.flatnonzero(role >= ROLE['beside']); cut = cut[0] if len(cut) else len(role)
        at = np.arange(len(role))
        for label, inside in ((one, at < cut), (two, at > cut)):
            keep = inside & (role == ROLE['thing'])
            if label and keep.any(): queries.append(unit(rows[keep].mean(0))); wanted.append(alone[label]); answer.append(label)
    q, k = np.stack(queries), np.stack(wanted)
    easy = 0.02 * len(q) / 384                                   # pulls the map towards leaving words as they are
    held = np.arange(len(q)) % 10 == 0
    linear = np.linalg.solve(q[~held].T @ q[~held] + easy * np.eye(384), q[~held].T @ k[~held] + easy * np.eye(384)).astype(np.float32)
    labels = sorted({*labels, *common})
    bank = np.stack([alone[l] for l in labels]); number = {l: i for i, l in enumerate(labels)}
    pick = np.flatnonzero(held)
    for name, m in (('as they are', np.eye(384)), ('mapped', linear)):
        found = (unit(q[pick] @ m) @ bank.T).argmax(1)
        print('label found among %d, words %s: %.3f' % (len(labels), name, np.mean([labels[f] == answer[i] for f, i in zip(found, pick)])))
    keys = np.stack([np.stack([alone[n] for n in (ns + [ns[0]] * KEYS)[:KEYS]]) for ns in names])
    alias_count = np.array([len(ns) for ns in names])
    np.savez(f'{work}/words.npz', **dict(zip(('w1', 'b1', 'w2', 'b2'), probe)), map=linear, keys=keys.astype(np.float32), aliases=alias_count)
    json.dump([dict(c, names=n) for c, n in zip(concepts, names)], open(f'{work}/concepts.json', 'w'))
    print(len(concepts), 'concepts,', int(alias_count.sum()), 'keys')


if __name__ == '__main__':
    main(*sys.argv[1:])
