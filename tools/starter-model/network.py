"""Stage 3: writes the denoiser. -> WORK/model/transformer/model.onnx   usage: network.py [WORK] [MODEL]
It is put together, not trained: see README.md for what each part is there for."""
import json
import os
import sys
import numpy as np
from onnx import TensorProto, helper
from arrange import LAYOUTS, colours, resample, several, together, with_ground
from given import find_colour
from graph import Graph
from learn_words import KEYS, MODEL
from words import COLOURS, COUNTS, JOINERS, ROLES, STYLES, TONES

NEAR = 24                       # drawings that are looked at closely
TEXT, STYLE, COLOUR, COMPANION, SEED, SHARP = 70.0, 11.0, 4.0, 5.0, 1.1, 400.0
KEYWORD_COST, SHARED_COST = 0.2, 0.4     # a keyword says less than the name, and less still where it names another thing ("bowl" of football)
WHOLE = 0.87                    # from this likeness on, "face with monocle" is one thing
LIKING = {'game-icons': -16.0, 'flat-color-icons': -10.0, 'streamline-kameleon-color': -14.0}   # unless their style is asked for
STORED = 12                     # colours that a drawing can be counted as
FEATURES = len(STYLES) + STORED + 7

class Network:
    def __init__(self, work, model):
        self.g, self.model = Graph(), model
        words, memory = np.load(f'{work}/words.npz'), np.load(f'{work}/memory.npz')
        concepts = json.load(open(f'{work}/concepts.json'))
        self.words, self.memory, rows = words, memory, memory['rows']
        g, named = self.g, [c['tags'] != [] for c in concepts]
        many = max(i for i, n in enumerate(named) if n) + 1                      # emoji come first, icons have one key
        assert not any(named[many:])
        others = {name for c in concepts for name in (c['label'], c['label'].split(' ')[-1])}
        price = lambda name, c: 0 if name in c['label'] else SHARED_COST if name in others else KEYWORD_COST
        cost = np.array([[price(n, c) for n in (c['names'] + [c['label']] * KEYS)[:KEYS]] for c in concepts[:many]])
        keys = np.concatenate([words['keys'][:many].reshape(-1, 384), words['keys'][many:, 0]])
        self.keys, self.cost, self.many = g.bytes(keys.T, 'keys'), g.const(np.concatenate([cost.ravel(), np.zeros(len(concepts) - many)])), many
        self.map = g.half(words['map'], 'map')
        self.concept = g.const(rows[:, 0], np.int64, 'concept_of')
        wanted = np.diag([STYLE - LIKING.get(name, 0.0) for name in STYLES])
        self.sets = g.const(wanted[rows[:, 1].astype(int)].T, hint='set_of')
        self.colours = g.const(np.eye(len(COLOURS))[rows[:, 6].astype(int)].T, hint='colour_of')
        self.liking = g.const([LIKING.get(list(STYLES)[int(r)], 0.0) for r in rows[:, 1]])
        self.lots = g.bytes(np.clip(np.random.default_rng(4).standard_normal((48, len(rows))), -3, 3) / 48 ** 0.5, 'lots')
        features = np.concatenate([np.eye(len(STYLES))[rows[:, 1].astype(int)], np.eye(STORED)[rows[:, 6].astype(int)], rows[:, 2:6], rows[:, 7:10]], 1)
        self.features, self.codes = g.const(features, hint='features'), g.const(memory['codes'].reshape(len(rows), -1), np.int8, 'drawings')
        self.scale = g.const(np.repeat(memory['scale'], 256))

    def read(self, states, mask):
        """Which token plays which part; -> words of the first thing, of the second, of all; styles, ways to join, is there anything?"""
        g = self.g
        layer = lambda x, k: g.Add(g.MatMul(x, g.const(self.words[f'w{k}'])), g.const(self.words[f'b{k}']))
        logits = layer(g.op('Relu', layer(states, 1)), 2)
        role = g.op('ArgMax', logits, axis=2, keepdims=1)
        # The marks at both ends of a prompt are no words.
        at = g.op('CumSum', mask, g.const(1, np.int64))
        inner = g.Mul(mask, g.Mul(g.number(g.Greater(at, np.float32(1.5))), g.number(g.Less(at, g.Sub(g.sum(mask, 1), 0.5)))))
        parts = g.Mul(g.number(g.Equal(role, g.whole(*range(len(ROLES))))), g.op('Unsqueeze', inner, g.whole(2)))
        start, ends = 0, {}
        for name, group in (('other', 1), ('thing', 1), ('colour', len(COLOURS)), ('style', len(STYLES)), ('tone', len(TONES)), ('count', len(COUNTS)), ('join', len(JOINERS))):
            ends[name] = (start, start + group); start += group
        part = lambda name: g.cut(parts, 2, *ends[name])
        joins = part('join')
        passed = g.op('CumSum', g.sum(joins, 2), g.const(1, np.int64))                                  # [B,T,1]
        one, two = g.number(g.Less(passed, 0.5)), g.number(g.Less(g.Abs(g.Sub(passed, 1.0)), 0.5))
        way = g.sum(g.Mul(joins, two), 1, keep=0)                                                        # [B,7]: the first joiner
        # Where nothing is a thing ("blue"), every word counts as one.
        none = g.inverse(g.max(part('thing'), 1))
        thing = g.Add(part('thing'), g.Mul(none, g.op('Unsqueeze', inner, g.whole(2))))
        def side(where):
            within = lambda x: g.Mul(x, where) if where else x
            chosen = within(thing)
            pooled = g.unit(g.Div(g.sum(g.Mul(states, chosen), 1, keep=0), g.Max(g.sum(chosen, 1, keep=0), 1.0)))
            counted = g.sum(within(part('colour')), 1, keep=0)
            return {'query': g.unit(g.MatMul(pooled, self.map)), 'colour': g.Div(counted, g.Max(g.sum(counted, 1), 1.0)),
                    'tone': g.max(within(part('tone')), 1, keep=0), 'count': self.first(g.max(within(part('count')), 1, keep=0)), 'is': g.max(within(part('thing')), 1, keep=0)}
        return side(one), side(two), side(None), g.max(part('style'), 1, keep=0), self.first(way), g.clamp(g.sum(inner, 1))

    def first(self, several):
        """Of several that are said, the first of the list alone."""
        g = self.g
        before = g.op('CumSum', several, g.const(1, np.int64), exclusive=1)
        return g.Mul(g.clamp(several), g.number(g.Less(before, np.float32(0.5))))

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

    def own_colour(self, features, said):
        """The main colour that is stored for a drawing: direction of its hue, lightness, is it grey; and whether another one is wanted."""
        g, at = self.g, len(STYLES)
        own = g.both(g.cut(features, 1, at, at + STORED), g.Mul(g.cut(features, 1, 0, len(COLOURS) - STORED), 0.0), 1)
        other = g.clamp(g.Sub(g.sum(said['colour'], 1), g.sum(g.Mul(own, said['colour']), 1)))
        wanted = g.Max(other, g.Mul(g.clamp(g.sum(said['colour'], 1)), g.max(said['tone'], 1)))
        hue = [g.shape(g.cut(features, 1, at + STORED + k, at + STORED + k + 1), -1, 1, 1, 1) for k in range(4)]
        return hue, wanted

    def recolour(self, picture, hue, said, wanted):
        """Turns the main colour of a picture (0…1) into the one that is said, shade by shade. wanted [B,1]: how far. -> picture"""
        g = self.g
        target = g.shape(g.MatMul(said['colour'], g.const([rgb for _, rgb in COLOURS.values()])), -1, 3, 1, 1)
        light, dark = (g.shape(g.cut(said['tone'], 1, k, k + 1), -1, 1, 1, 1) for k in (0, 1))
        target = g.Mul(g.Add(target, g.Mul(g.Mul(g.inverse(target), light), 0.5)), g.inverse(g.Mul(dark, 0.42)))
        hue_x, hue_y, tone, grey = hue
        red, green, blue = (g.cut(picture, 1, k, k + 1) for k in range(3))
        a = g.Sub(red, g.Mul(g.Add(green, blue), 0.5)); b = g.Mul(g.Sub(green, blue), 0.866)
        chroma = g.Sqrt(g.Add(g.Add(g.Mul(a, a), g.Mul(b, b)), 1e-6))
        alike = g.Div(g.Add(g.Mul(a, hue_x), g.Mul(b, hue_y)), chroma)
        hued = g.Mul(g.clamp(g.Mul(g.Sub(alike, 0.5), 4.0)), g.clamp(g.Mul(g.Sub(chroma, 0.05), 10.0)))
        greyish = g.Mul(g.clamp(g.Mul(g.Sub(0.24, chroma), 12.0)), g.clamp(g.Mul(g.Sub(0.985, g.min(picture, 1)), 20.0)))
        mask = g.Mul(g.blend(grey, greyish, hued), g.shape(wanted, -1, 1, 1, 1))
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
        turn = g.Sub(1.0, g.Mul(g.Mul(g.shape(mirror, -1, 1, 1, 1), g.number(g.Greater(number(3), 0.0))), 2.0))
        return resample(g, picture, scale, g.Mul(number(1), 0.035), g.Mul(number(2), 0.035), turn)

    def layout(self, way, pair, features):
        """One of LAYOUTS for two things: what joins them, and whether the second is something to wear. -> [B, LAYOUTS]"""
        g = self.g
        word = dict(zip(JOINERS, (g.Mul(g.cut(way, 1, k, k + 1), pair) for k in range(len(JOINERS)))))
        last = FEATURES
        head, face = g.cut(features, 1, last - 3, last - 2), g.cut(features, 1, last - 2, last - 1)
        bare = g.inverse(g.clamp(g.Add(head, face)))
        wears = g.Add(word['with'], word['inside'])
        made = {'single': g.inverse(pair), 'held': g.Mul(word['with'], bare), 'inside': g.Mul(word['inside'], bare), 'head': g.Mul(wears, head), 'face': g.Mul(wears, face)}
        return g.op('Concat', *[made.get(name) or word[name] for name in LAYOUTS], axis=1)

    def build(self, path):
        g = self.g
        x, states, mask, image = 'hidden_states', 'encoder_hidden_states', g.number('encoder_attention_mask'), 'image_latents'
        sigma = g.clamp(g.shape(g.Div('timestep', 1000.0), -1, 1), 1e-3, 1.0)                            # [B,1]
        s4 = g.shape(sigma, -1, 1, 1, 1)
        first, second, all_, style, way, says = self.read(states, mask)
        whole = self.likeness(all_['query'])
        apart = g.number(g.Less(g.max(whole, 1), np.float32(WHOLE)))                                      # "face with monocle" is one thing
        pair = g.Mul(g.Mul(first['is'], second['is']), apart)
        # A picture that somebody gave is itself the first thing: "with a hat" adds one to it.
        added = g.Mul(second['is'], g.inverse(g.Mul(first['is'], g.inverse(apart))))
        words = lambda together: {key: g.blend(together, first[key], all_[key]) for key in ('colour', 'tone', 'count')}
        ours, theirs = words(pair), words(added)
        # How far to leave it: up to a half what the words change comes in, from 0.7 on a new picture takes over, without a jump.
        strength = g.shape('image_strength', -1, 1)
        amount, left = g.clamp(g.Mul(strength, 2.0)), g.clamp(g.Mul(g.Sub(strength, 0.7), 6.0))
        keep = g.inverse(g.Mul(g.Mul(left, left), g.Sub(3.0, g.Mul(left, 2.0))))
        keep4 = g.shape(keep, -1, 1, 1, 1)
        # The corners of every drawing are white (those of a given picture are known), so the noise there can be told from x at
        # any noise level: that is the seed.
        white = g.const(self.memory['white'][None])
        ground = g.blend(keep4, image, white)
        corners = lambda t: g.both(*[g.cut(g.both(g.cut(t, 2, 0, 1), g.cut(t, 2, 15, 16), 2), 3, k, k + 1) for k in (0, 15)], axis=3)
        lot = g.shape(g.Div(g.Sub(corners(x), g.Mul(g.inverse(s4), corners(ground))), s4), -1, 48)
        drawing1, features1 = self.recall(g.blend(pair, self.likeness(first['query']), whole), ours['colour'], style, lot)
        company = g.Max(style, g.Mul(g.cut(features1, 1, 0, len(STYLES)), COMPANION / STYLE))
        drawing2, features2 = self.recall(self.likeness(second['query']), second['colour'], company, lot)
        latents = g.op('Concat', *[g.shape(d, -1, 12, 16, 16) for d in (drawing1, drawing2)], image, axis=0)
        seen = g.clamp(g.Mul(g.Add(g.include(f'{self.model}/vae_decoder/model.onnx', latents, 'see_'), 1.0), 0.5))
        given = g.pieces(seen, 3)[2]
        hue1, wanted1 = self.own_colour(features1, ours)
        hue2, wanted2 = self.own_colour(features2, second)
        three = lambda *values: g.op('Concat', *values, axis=0)
        hue = [three(*values) for values in zip(hue1, hue2, find_colour(g, given))]
        said = {key: three(ours[key], second[key], theirs[key]) for key in ('colour', 'tone', 'count')}
        painted = with_ground(g, self.recolour(seen, hue, said, three(wanted1, wanted2, g.Mul(g.clamp(g.sum(theirs['colour'], 1)), amount))))
        plain = g.pieces(painted, 3)[2]
        one, two, theirs_painted = g.pieces(several(g, painted, said['count']), 3)
        theirs_painted = g.blend(g.shape(g.Max(amount, g.inverse(g.clamp(g.sum(theirs['count'], 1)))), -1, 1, 1, 1), theirs_painted, plain)
        alone = g.inverse(g.clamp(g.Add(pair, g.sum(ours['count'], 1))))
        one = g.blend(g.shape(alone, -1, 1, 1, 1), self.nudge(one, lot, g.cut(features1, 1, FEATURES - 1, FEATURES)), one)
        layouts = g.both(self.layout(way, pair, features2), self.layout(way, added, features2))
        come = g.both(g.Add(g.Mul(amount, 0.0), 1.0), amount)
        fresh, edited = g.pieces(colours(g, together(g, g.both(one, theirs_painted), g.both(two, two), layouts, come)), 2)
        # Asked for nothing, it draws nothing.
        fresh = g.Add(g.Mul(g.Sub(fresh, 1.0), g.shape(says, -1, 1, 1, 1)), 1.0)
        picture = g.blend(keep4, edited, fresh)
        made = g.include(f'{self.model}/vae_encoder/model.onnx', g.Sub(g.Mul(picture, 2.0), 1.0), 'put_')
        # A drawing that fills its corners would spoil the seed that is read there.
        edge = np.zeros((1, 1, 16, 16)); edge[..., [0, 0, -1, -1], [0, -1, 0, -1]] = 1
        velocity = g.Div(g.Sub(x, g.blend(g.const(edge), ground, made)), s4)
        info = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
        inputs = [info(x, TensorProto.FLOAT, ['batch', 12, 16, 16]), info('timestep', TensorProto.FLOAT, ['batch']),
                  info(states, TensorProto.FLOAT, ['batch', 'tokens', 384]), info('encoder_attention_mask', TensorProto.INT64, ['batch', 'tokens']),
                  info(image, TensorProto.FLOAT, ['batch', 12, 16, 16]), info('image_strength', TensorProto.FLOAT, ['batch'])]
        os.makedirs(os.path.dirname(path), exist_ok=True)
        g.save(path, inputs, velocity, 'out_hidden_states', ['batch', 12, 16, 16])
        print('%s: %.1f MB' % (path, os.path.getsize(path) / 1e6))


def main(work='.work', model=MODEL):
    Network(work, model).build(f'{work}/model/transformer/model.onnx')


if __name__ == '__main__':
    main(*sys.argv[1:])
