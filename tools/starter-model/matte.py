"""Writes the matte: takes the white ground from under a drawing. -> .work/model/matte/model.onnx   usage: matte.py [OUT]
in: sample [B,3,H,W], −1…1, on white.   out: rgba [B,4,H,W], colours −1…1 not multiplied by the alpha, alpha 0…1.
Constructed, not trained. Ground is what can be reached from the border over white; white that is enclosed (eyes, teeth,
paper with an outline) stays. Along the edge a pixel is a mixture of white and the colour beside it that is farthest from
white; how much of each is its alpha, and the white share is taken out of its colour."""
import os
import sys
import numpy as np
from onnx import TensorProto, helper
from graph import Graph

WHITE = 0.95            # a pixel whose darkest channel is above this can be ground (0…1); the autoencoder's white is not exact
MOST_STEPS = 600        # moves of the flood, one pixel each; it ends by itself when nothing is added
RIM = 2                 # pixels beside the ground that may be mixtures


def pool(g, x, reach):
    return g.op('MaxPool', x, kernel_shape=[2 * reach + 1] * 2, strides=[1, 1], pads=[reach] * 4)


def flood(g, open_, start):
    """Where `start` gets to over `open_` (both [B,1,H,W], 0 or 1): a Loop, since the way may be winding."""
    body = Graph()
    body.count = 10 ** 6                                                           # names must differ from those around it
    grown = body.Mul(body.op('MaxPool', 'reached', kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]), open_)
    more = body.op('Greater', body.op('ReduceSum', grown, keepdims=0), body.op('ReduceSum', 'reached', keepdims=0))
    info = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    inner = helper.make_graph(
        [*body.nodes, helper.make_node('Identity', [more], ['goes']), helper.make_node('Identity', [grown], ['grown'])], 'spread',
        [info('turn', TensorProto.INT64, []), info('go', TensorProto.BOOL, []), info('reached', TensorProto.FLOAT, ['batch', 1, 'h', 'w'])],
        [info('goes', TensorProto.BOOL, []), info('grown', TensorProto.FLOAT, ['batch', 1, 'h', 'w'])], body.weights)
    return g.op('Loop', g.scalar(MOST_STEPS, np.int64), g.scalar(True, bool), start, body=inner)


def build(path):
    g = Graph()
    picture = g.clamp(g.Mul(g.Add('sample', 1.0), 0.5))
    lightest = g.min(picture, 1)                                                  # [B,1,H,W]: 1 only where all channels are
    open_ = g.number(g.Greater(lightest, np.float32(WHITE)))
    # Beyond the border all is ground: a frame one pixel wide, from which the flood begins.
    frame = lambda x: g.op('Pad', x, g.whole(0, 0, 1, 1, 0, 0, 1, 1), g.const(1.0))
    reached = flood(g, frame(open_), frame(g.Sub(open_, open_)))
    ground = g.cut(g.cut(reached, 2, 1, -1), 3, 1, -1)
    # The colour that a rim pixel is a mixture of: what is darkest near it and certainly not ground.
    near = pool(g, ground, RIM)
    rim = g.Mul(near, g.inverse(ground))
    ink = g.inverse(lightest)                                                      # how far from white
    full = g.Max(pool(g, g.Mul(ink, g.inverse(ground)), RIM), 0.06)
    mixed = g.clamp(g.Div(ink, full))
    # Past the rim, and where the colour beside is light itself, a pixel is opaque; shares near 0 and 1 are noise.
    share = g.clamp(g.Mul(g.Sub(mixed, 0.04), 1 / 0.88))
    alpha = g.Mul(g.inverse(ground), g.blend(rim, share, g.Add(g.Sub(share, share), 1.0)))
    # C = α·F + (1 − α)·white, so F = white − (white − C) / α
    colour = g.clamp(g.inverse(g.Div(g.inverse(picture), g.Max(alpha, 0.06))))
    rgba = g.both(g.Sub(g.Mul(colour, 2.0), 1.0), alpha, 1)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    g.save(path, [helper.make_tensor_value_info('sample', TensorProto.FLOAT, ['batch', 3, 'height', 'width'])], rgba, 'rgba', ['batch', 4, 'height', 'width'], 'matte')
    print('%s: %.1f kB' % (path, os.path.getsize(path) / 1e3))


if __name__ == '__main__':
    build(sys.argv[1] if len(sys.argv) > 1 else '.work/model/matte/model.onnx')
