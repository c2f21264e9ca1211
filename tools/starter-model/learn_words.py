"""Stage 1: what the network knows of words. -> .work/words.npz
probe:  a linear classifier of token states: what part a word plays (thing, one of the colours, styles, ways to join, other);
map:    a linear map that takes the mean state of the thing's words in a prompt to the mean state of the same label said alone;
keys:   those means, of unit length, for the labels (and for emoji up to five keywords) of every concept."""
import json
import random
from collections import Counter
import numpy as np
from text import TextEncoder
from words import ROLE, ROLES, label_parts, sample_prompt

KEYS = 6            # keys of a concept that has keywords: its label, then keywords
PROMPTS = 14000
JOINING = (' with ', ' and ', ' in ', ' on ', ' of ', ':')


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


def train_probe(states, roles, steps=250, rate=0.5, seed=0):
    """Softmax regression with momentum and a little weight decay; classes weigh by the root of their rarity."""
    count, rng = len(ROLES), np.random.default_rng(seed)
    mean, spread = states.mean(0), np.maximum(states.std(0), 1e-2)
    x = (states - mean) / spread
    weight = np.zeros((384, count), np.float32); bias = np.zeros(count, np.float32); speed = np.zeros_like(weight); speed_b = np.zeros_like(bias)
    often = np.bincount(roles, minlength=count); share = (len(roles) / count / np.maximum(often, 1)) ** 0.5
    for step in range(steps * 6):
        pick = rng.integers(0, len(x), 4096)
        logits = x[pick] @ weight + bias
        p = np.exp(logits - logits.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
        p[np.arange(len(pick)), roles[pick]] -= 1
        p *= share[roles[pick]][:, None] / len(pick)
        speed = 0.9 * speed + x[pick].T @ p + 1e-5 * weight; speed_b = 0.9 * speed_b + p.sum(0)
        now = rate * (1 - step / (steps * 6)); weight -= now * speed; bias -= now * speed_b
    weight = weight / spread[:, None]
    return weight, bias - mean @ weight


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-6)


def main(work='.work', model='../../resources/models/starter'):
    drawings = [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]
    concepts = concepts_of(drawings)
    encoder, rng = TextEncoder(model), random.Random(1)
    labels = sorted({c['label'] for c in concepts if not any(j in f" {c['label']} " for j in JOINING)})
    prompts = [sample_prompt(labels, rng) for _ in range(PROMPTS)]
    encoded = encoder.encode([''.join(t for t, _ in parts) for parts, _, _ in prompts])
    states, roles, tests = [], [], []
    for k, ((parts, _, _), (rows, encoding)) in enumerate(zip(prompts, encoded)):
        by_character = [role for text, role in parts for _ in text]
        mine = [by_character[a] if b > a and a < len(by_character) else 0 for a, b in encoding.offsets]
        states.append(rows); roles.append(np.array(mine)); tests.append(np.full(len(rows), k % 10 == 0))
    flat, truth, test = np.concatenate(states), np.concatenate(roles), np.concatenate(tests)
    weight, bias = train_probe(flat[~test], truth[~test])
    guess = (flat @ weight + bias).argmax(1)
    print('probe: right on %.4f of the training tokens, %.4f of others' % ((guess == truth)[~test].mean(), (guess == truth)[test].mean()))
    wrong = Counter((ROLES[a], ROLES[b]) for a, b in zip(truth[test], guess[test]) if a != b); print(wrong.most_common(12))

    commonness = Counter(t.lower() for c in concepts for t in c['tags'])
    names = [aliases(c, commonness) for c in concepts]
    texts = sorted({n for ns in names for n in ns} | {l for l in labels})
    alone = {}
    for text, (rows, _) in zip(texts, encoder.encode(texts)):
        role = (rows @ weight + bias).argmax(1)[1:-1]
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
    bank = np.stack([alone[l] for l in labels]); number = {l: i for i, l in enumerate(labels)}
    pick = np.flatnonzero(held)
    for name, m in (('as they are', np.eye(384)), ('mapped', linear)):
        found = (unit(q[pick] @ m) @ bank.T).argmax(1)
        print('label found among %d, words %s: %.3f' % (len(labels), name, np.mean([labels[f] == answer[i] for f, i in zip(found, pick)])))
    keys = np.stack([np.stack([alone[n] for n in (ns + [ns[0]] * KEYS)[:KEYS]]) for ns in names])
    alias_count = np.array([len(ns) for ns in names])
    np.savez(f'{work}/words.npz', weight=weight.astype(np.float32), bias=bias.astype(np.float32), map=linear, keys=keys.astype(np.float32), aliases=alias_count)
    json.dump([dict(c, names=n) for c, n in zip(concepts, names)], open(f'{work}/concepts.json', 'w'))
    print(len(concepts), 'concepts,', int(alias_count.sum()), 'keys')


if __name__ == '__main__':
    main()
