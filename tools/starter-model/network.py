"""Stage 3: writes the denoiser. -> .work/model/transformer/model.onnx
It is put together, not trained: see README.md for what each part is there for."""
import json
import os
import sys
import numpy as np
from onnx import TensorProto, helper
from graph import Graph
from learn_words import KEYS
from memory import LEVELS
from words import COLOURS, JOINERS, ROLE, ROLES, STYLES

NEAR = 24                       # drawings that are looked at closely
TEXT, STYLE, COLOUR, COMPANION, SEED, SHARP = 70.0, 11.0, 4.0, 5.0, 1.1, 400.0
KEYWORD_COST = 0.2             # a keyword says less than the name
WHOLE = 0.87                    # from this likeness on, "face with monocle" is one thing
LIKING = {'game-icons': -16.0, 'flat-color-icons': -10.0, 'streamline-kameleon-color': -10.0}   # unless their style is asked for
FEATURES = len(STYLES) + len(COLOURS) + 7
# how two things are placed: (scale, across, down) of the first and of the second, and which of them is in front
LAYOUTS = {
    'single': ((1, 0, 0), (0.5, 0, 0), 0), 'beside': ((0.57, -0.43, -0.2), (0.57, 0.43, 0.2), 1), 'above': ((0.56, 0, -0.42), (0.56, 0, 0.42), 0),
    'below': ((0.56, 0, 0.42), (0.56, 0, -0.42), 0), 'held': ((0.74, -0.25, -0.22), (0.5, 0.46, 0.46), 1), 'head': ((0.76, 0, 0.23), (0.46, 0, -0.54), 1),
    'face': ((0.9, 0, 0.08), (0.5, 0, 0.02), 1)}


def resampling(scale, centre, side=128):
    """[side, side]: a row of it mixes the old pixels that a new one covers."""
    at = ((np.arange(side) + 0.5) / side * 2 - 1 - centre) / scale
    old = (np.arange(side) + 0.5) / side * 2 - 1
    width = 2 / side / min(scale, 1)
    rows = np.maximum(0, 1 - np.abs(at[:, None] - old) / width)
    return rows * (width * side / 2) ** -1


class Network:
    def __init__(self, work, model):
        self.g, self.model = Graph(), model
        words, memory = np.load(f'{work}/words.npz'), np.load(f'{work}/memory.npz')
        concepts = json.load(open(f'{work}/concepts.json'))
        self.words, self.memory, rows = words, memory, memory['rows']
        g, named = self.g, [c['tags'] != [] for c in concepts]
        many = max(i for i, n in enumerate(named) if n) + 1                      # emoji come first, icons have one key
        assert not any(named[many:])
        cost = np.array([[0 if n in c['label'] else KEYWORD_COST for n in (c['names'] + [c['label']] * KEYS)[:KEYS]] for c in concepts[:many]])
        keys = np.concatenate([words['keys'][:many].reshape(-1, 384), words['keys'][many:, 0]])
        self.keys, self.cost, self.many = g.bytes(keys.T, 'keys'), g.const(np.concatenate([cost.ravel(), np.zeros(len(concepts) - many)])), many
        self.map = g.half(words['map'], 'map')
        self.concept = g.const(rows[:, 0], np.int64, 'concept_of')
        wanted = np.diag([STYLE - LIKING.get(name, 0.0) for name in STYLES])
        self.sets = g.const(wanted[rows[:, 1].astype(int)].T, hint='set_of')
        self.colours = g.const(np.eye(len(COLOURS))[rows[:, 6].astype(int)].T, hint='colour_of')
        self.liking = g.const([LIKING.get(list(STYLES)[int(r)], 0.0) for r in rows[:, 1]])
        self.lots = g.bytes(np.clip(np.random.default_rng(4).standard_normal((48, len(rows))), -3, 3) / 48 ** 0.5, 'lots')
        features = np.concatenate([np.eye(len(STYLES))[rows[:, 1].astype(int)], np.eye(len(COLOURS))[rows[:, 6].astype(int)], rows[:, 2:6], rows[:, 7:10]], 1)
        self.features, self.codes = g.const(features, hint='features'), g.const(memory['codes'].reshape(len(rows), -1), np.int8, 'drawings')
        self.scale = g.const(np.repeat(memory['scale'], 256))

    def read(self, states, mask):
        """Which token plays which part; -> queries, colours and styles of the first thing, the second and all of them."""
        g = self.g
        logits = g.Add(g.MatMul(states, g.const(self.words['weight'])), g.const(self.words['bias']))
        role = g.op('ArgMax', logits, axis=2, keepdims=1)
        parts = g.Mul(g.number(g.Equal(role, g.whole(*range(len(ROLES))))), g.op('Unsqueeze', mask, g.whole(2)))
        first_joiner = len(ROLES) - len(JOINERS)
        joins = g.cut(parts, 2, first_joiner, len(ROLES))
        passed = g.op('CumSum', g.sum(joins, 2), g.const(1, np.int64))                                  # [B,T,1]
        one, two = g.number(g.Less(passed, 0.5)), g.number(g.Less(g.Abs(g.Sub(passed, 1.0)), 0.5))
        way = g.sum(g.Mul(joins, two), 1, keep=0)                                                        # [B,4]: the first joiner
        thing = g.cut(parts, 2, 1, 2)
        def side(where):
            chosen = g.Mul(thing, where) if where else thing
            pooled = g.unit(g.Div(g.sum(g.Mul(states, chosen), 1, keep=0), g.Max(g.sum(chosen, 1, keep=0), 1.0)))
            query = g.unit(g.MatMul(pooled, self.map))
            colour = g.cut(parts, 2, 2, 2 + len(COLOURS))
            counted = g.sum(g.Mul(colour, where) if where else colour, 1, keep=0)
            return query, g.Div(counted, g.Max(g.sum(counted, 1), 1.0)), g.max(chosen, 1, keep=0)        # [B,384] [B,12] [B,1]
        style = g.max(g.cut(parts, 2, 2 + len(COLOURS), first_joiner), 1, keep=0)
        return side(one), side(two), side(None), style, way

    def likeness(self, query):
        """Best likeness of a concept's keys -> [B, concepts]"""
        g = self.g
        s = g.Sub(g.MatMul(query, self.keys), self.cost)
        edge = self.many * KEYS
        return g.both(g.max(g.shape(g.cut(s, 1, 0, edge), -1, self.many, KEYS), 2, keep=0), g.cut(s, 1, edge, 2 ** 31), 1)

    def recall(self, scores, colour, style, lot):
        """Attention over the drawings. -> latents [B,3072], features [B,F]"""
        g = self.g
        logits = g.Add(g.Mul(g.op('Gather', scores, self.concept, axis=1), TEXT), self.liking)
        logits = g.Add(logits, g.MatMul(style, self.sets))
        logits = g.Add(logits, g.Add(g.MatMul(g.Mul(colour, COLOUR), self.colours), g.Mul(g.MatMul(lot, self.lots), SEED)))
        best, where = g.pair('TopK', logits, g.whole(NEAR), axis=1)
        drawings = g.Mul(g.number(g.op('Gather', self.codes, where, axis=0)), self.scale)                # [B,NEAR,3072]
        weight = g.op('Softmax', g.Mul(g.Sub(best, g.max(best, 1)), SHARP), axis=1)
        weight = g.op('Unsqueeze', weight, g.whole(1))
        pick = lambda values, size: g.shape(g.MatMul(weight, values), -1, size)
        return pick(drawings, 3072), pick(g.op('Gather', self.features, where, axis=0), FEATURES)

    def recolour(self, picture, features, colour):
        """Turns the drawing's main colour into the one that is asked for, shade by shade. picture 0…1. -> picture"""
        g, at = self.g, len(STYLES)
        table = g.const([rgb for _, rgb in COLOURS.values()])
        own = g.cut(features, 1, at, at + len(COLOURS))
        gate = g.clamp(g.Sub(g.sum(colour, 1), g.sum(g.Mul(own, colour), 1)))
        f = [g.shape(g.cut(features, 1, at + len(COLOURS) + k, at + len(COLOURS) + k + 1), -1, 1, 1, 1) for k in range(4)]
        hue_x, hue_y, tone, grey = f
        target = g.shape(g.MatMul(colour, table), -1, 3, 1, 1)
        red, green, blue = (g.cut(picture, 1, k, k + 1) for k in range(3))
        a = g.Sub(red, g.Mul(g.Add(green, blue), 0.5)); b = g.Mul(g.Sub(green, blue), 0.866)
        chroma = g.Sqrt(g.Add(g.Add(g.Mul(a, a), g.Mul(b, b)), 1e-6))
        alike = g.Div(g.Add(g.Mul(a, hue_x), g.Mul(b, hue_y)), chroma)
        hued = g.Mul(g.clamp(g.Mul(g.Sub(alike, 0.5), 4.0)), g.clamp(g.Mul(g.Sub(chroma, 0.05), 10.0)))
        greyish = g.Mul(g.clamp(g.Mul(g.Sub(0.24, chroma), 12.0)), g.clamp(g.Mul(g.Sub(0.985, g.min(picture, 1)), 20.0)))
        mask = g.Mul(g.blend(grey, greyish, hued), g.shape(gate, -1, 1, 1, 1))
        luma = g.Add(g.Add(g.Mul(red, 0.3), g.Mul(green, 0.59)), g.Mul(blue, 0.11))
        shade = g.Div(luma, tone)
        light = g.clamp(g.Div(g.Sub(shade, 1.0), g.Add(g.Sub(g.Div(1.0, tone), 1.0), 0.05)))
        new = g.Add(g.Mul(target, g.Min(shade, 1.0)), g.Mul(g.inverse(target), light))
        return g.blend(mask, g.clamp(new), picture)

    def nudge(self, picture, lot, mirror):
        """A little smaller, a little aside, for some drawings mirrored: what the seed decides of a single thing. picture 0…1"""
        g, rng = self.g, np.random.default_rng(9)
        drawn = g.Tanh(g.MatMul(lot, g.const(rng.standard_normal((48, 4)) / 48 ** 0.5)))                  # [B,4] in −1…1
        number = lambda k: g.shape(g.cut(drawn, 1, k, k + 1), -1, 1, 1, 1)
        scale = g.Add(g.Mul(number(0), 0.045), 0.945)
        flip = g.Sub(1.0, g.Mul(g.Mul(g.shape(mirror, -1, 1, 1, 1), g.number(g.Greater(number(3), 0.0))), 2.0))
        old = (np.arange(128) + 0.5) / 64 - 1
        def rows(centre, turn):
            at = g.Div(g.Mul(g.Sub(g.const(old[:, None]), g.Mul(centre, 0.035)), turn), scale)
            near = g.Mul(g.Max(g.inverse(g.Mul(g.Mul(g.Abs(g.Sub(at, g.const(old[None]))), 64.0), scale)), 0.0), scale)
            return near
        across, down = rows(number(1), flip), rows(number(2), np.float32(1))
        return g.clamp(g.Add(g.MatMul(g.MatMul(down, g.Sub(picture, 1.0)), g.op('Transpose', across, perm=[0, 1, 3, 2])), 1.0))

    def compose(self, one, two, layout, single):
        """Places two pictures (0…1). layout [B,7], one of them 1; `single` is the picture where the first of them is."""
        g = self.g
        def placed(picture, k):
            across, down = (g.shape(g.MatMul(layout, g.half(np.stack([resampling(l[k][0], l[k][axis]).ravel() for l in LAYOUTS.values()]))), -1, 1, 128, 128) for axis in (1, 2))
            return g.clamp(g.Add(g.MatMul(g.MatMul(down, g.Sub(picture, 1.0)), g.op('Transpose', across, perm=[0, 1, 3, 2])), 1.0))
        a, b = placed(one, 0), placed(two, 1)
        front = g.shape(g.MatMul(layout, g.const([[l[2]] for l in LAYOUTS.values()])), -1, 1, 1, 1)      # 1: the second
        before, behind = g.blend(front, b, a), g.blend(front, a, b)
        both = g.blend(g.clamp(g.Mul(g.Sub(0.985, g.min(before, 1)), 20.0)), before, behind)
        return g.blend(g.shape(g.cut(layout, 1, 0, 1), -1, 1, 1, 1), single, both)

    def plain_filter(self, x, sigma):
        """What a linear filter of the noise level sees: the fallback for pictures that are no memory."""
        g, step = self.g, LEVELS[1] - LEVELS[0]
        out = g.op('Conv', x, g.half(self.memory['filters']), g.const(self.memory['filter_bias']), pads=[2, 2, 2, 2])
        near = g.Max(g.inverse(g.Div(g.Abs(g.Sub(g.clamp(sigma, LEVELS[0], LEVELS[-1]), g.const(LEVELS[None]))), np.float32(step))), 0.0)
        clean = g.sum(g.Mul(g.shape(out, -1, len(LEVELS), 12, 16, 16), g.shape(near, -1, len(LEVELS), 1, 1, 1)), 1, keep=0)
        # A linear filter leaves grain, and grain is seen on white ground first: cells that are nearly white become white.
        white = g.const(self.memory['white'][None])
        off = g.Sub(clean, white)
        return g.Add(white, g.Mul(off, g.clamp(g.Mul(g.Sub(g.Sqrt(g.mean(g.Mul(off, off), 1)), 0.42), 4.0))))

    def build(self, path):
        g = self.g
        x, states, mask = 'hidden_states', 'encoder_hidden_states', g.number('encoder_attention_mask')
        sigma = g.clamp(g.shape(g.Div('timestep', 1000.0), -1, 1), 1e-3, 1.0)                            # [B,1]
        s4 = g.shape(sigma, -1, 1, 1, 1)
        (query1, colour1, has1), (query2, colour2, has2), (query, colour, _), style, way = self.read(states, mask)
        whole = self.likeness(query)
        pair = g.Mul(g.Mul(has1, has2), g.number(g.Less(g.max(whole, 1), np.float32(WHOLE))))
        colour1, scores1 = g.blend(pair, colour1, colour), g.blend(pair, self.likeness(query1), whole)
        # The corners of every drawing are white, so the noise there can be told from x at any noise level: that is the seed.
        corners = lambda t: g.both(*[g.cut(g.both(g.cut(t, 2, 0, 1), g.cut(t, 2, 15, 16), 2), 3, k, k + 1) for k in (0, 15)], axis=3)
        white = g.const(self.memory['white'][None])
        lot = g.shape(g.Div(g.Sub(corners(x), g.Mul(g.inverse(s4), corners(white))), s4), -1, 48)
        drawing1, features1 = self.recall(scores1, colour1, style, lot)
        company = g.Max(style, g.Mul(g.cut(features1, 1, 0, len(STYLES)), COMPANION / STYLE))
        drawing2, features2 = self.recall(self.likeness(query2), colour2, company, lot)
        latents = g.shape(g.both(drawing1, drawing2), -1, 12, 16, 16)
        seen = g.clamp(g.Mul(g.Add(g.include(f'{self.model}/vae_decoder/model.onnx', latents, 'see_'), 1.0), 0.5))
        painted = self.recolour(seen, g.both(features1, features2), g.both(colour1, colour2))
        one, two = g.halves(painted)
        single = self.nudge(one, lot, g.cut(features1, 1, FEATURES - 1, FEATURES))
        last = FEATURES
        head, face = g.cut(features2, 1, last - 3, last - 2), g.cut(features2, 1, last - 2, last - 1)
        held = g.cut(way, 1, 3, 4)
        worn = g.Clip(g.Add(head, face), np.float32(0), np.float32(1))
        layout = g.op('Concat', g.inverse(pair), g.Mul(g.cut(way, 1, 0, 3), pair), g.Mul(g.Mul(held, g.inverse(worn)), pair),
                      g.Mul(g.Mul(held, head), pair), g.Mul(g.Mul(held, face), pair), axis=1)
        picture = g.Sub(g.Mul(self.compose(one, two, layout, single), 2.0), 1.0)
        made = g.include(f'{self.model}/vae_encoder/model.onnx', picture, 'put_')
        # A drawing that fills its corners would spoil the seed that is read there.
        edge = np.zeros((1, 1, 16, 16)); edge[..., [0, 0, -1, -1], [0, -1, 0, -1]] = 1
        data = g.blend(g.const(edge), white, made)
        # x that is too far from the memory to be memory and noise comes from a picture that somebody gave: keep to it.
        off = g.Sub(x, g.Mul(g.inverse(s4), data))
        strange = g.shape(g.Div(g.mean(g.Mul(off, off), 1, 2, 3, keep=0), g.shape(g.Mul(sigma, sigma), -1)), -1, 1, 1, 1)
        data = g.blend(g.clamp(g.Mul(g.Sub(strange, 1.45), 20.0)), self.plain_filter(x, sigma), data)
        velocity = g.Div(g.Sub(x, data), s4)
        info = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
        inputs = [info(x, TensorProto.FLOAT, ['batch', 12, 16, 16]), info('timestep', TensorProto.FLOAT, ['batch']),
                  info(states, TensorProto.FLOAT, ['batch', 'tokens', 384]), info('encoder_attention_mask', TensorProto.INT64, ['batch', 'tokens'])]
        os.makedirs(os.path.dirname(path), exist_ok=True)
        g.save(path, inputs, velocity, 'out_hidden_states', ['batch', 12, 16, 16])
        print('%s: %.1f MB' % (path, os.path.getsize(path) / 1e6))


if __name__ == '__main__':
    Network('.work', '../../resources/models/starter').build(sys.argv[1] if len(sys.argv) > 1 else '.work/model/transformer/model.onnx')
