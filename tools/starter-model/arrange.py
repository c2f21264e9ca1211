"""Parts of the network that put drawings on a page: where the ink is, several of one thing, two things together.
All pictures are [B,4,128,128], 0…1, on white; the fourth channel is 1 where nothing is drawn, so that the ground is 1 in all four. Places are
−1…1 across and down; g is the graph."""
import numpy as np
from matte import flood

SIDE = 128
EDGE = 0.96                     # nothing is placed farther out than this
AT = (np.arange(SIDE) + 0.5) / (SIDE / 2) - 1
LAYOUTS = ('single', 'beside', 'above', 'below', 'inside', 'before', 'behind', 'held', 'head', 'face')


def with_ground(g, picture):
    """Adds the fourth channel to a picture [B,3,128,128]. White that is enclosed (an eye, a belly) is part of the drawing."""
    empty = g.inverse(g.clamp(g.Mul(g.Sub(0.985, g.min(picture, 1)), 20.0)))
    # The flood runs on cells of 2 × 2 pixels, which are open where all four are.
    cells = g.number(g.Greater(g.Mul(g.op('MaxPool', g.Mul(empty, -1.0), kernel_shape=[2, 2], strides=[2, 2]), -1.0), np.float32(0.5)))
    frame = lambda x: g.op('Pad', x, g.whole(0, 0, 1, 1, 0, 0, 1, 1), g.const(1.0))
    reached = g.cut(g.cut(flood(g, frame(cells), frame(g.Sub(cells, cells))), 2, 1, -1), 3, 1, -1)
    near = g.op('MaxPool', reached, kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1])           # the edge of a drawing is no part of its inside
    outside = g.op('Resize', near, '', g.const([1.0, 1.0, 2.0, 2.0]), mode='nearest', coordinate_transformation_mode='asymmetric', nearest_mode='floor')
    return g.both(picture, g.Mul(empty, outside), 1)


def colours(g, picture):
    return g.cut(picture, 1, 0, 3)


def ink(g, picture):
    """1 where something is drawn, soft at its edge. -> [B,1,128,128]"""
    return g.inverse(g.cut(picture, 1, 3, 4))


class Box:
    """Where the ink of a picture is: middle and size, each [B,1]."""
    def __init__(self, g, picture):
        drawn = ink(g, picture)
        def span(axis):
            on = g.number(g.Greater(g.shape(g.max(drawn, axis), -1, SIDE), np.float32(0.5)))
            far = lambda sign: g.Sub(g.max(g.Mul(on, g.const(sign * AT + 3)), 1), 3.0)
            first, last = g.Mul(far(-1), -1.0), far(1)
            # An empty page would be inside out.
            return g.Mul(g.Add(first, last), 0.5), g.Max(g.Sub(last, first), 0.1)
        self.x, self.width = span(2)
        self.y, self.height = span(3)


def resample(g, picture, scale, right, down, turn=None):
    """The picture made smaller by `scale` and moved by (right, down), all [B,1,1,1]; `turn` −1 mirrors it."""
    old = g.const(AT[None])
    def rows(move, turned):
        at = g.Sub(g.const(AT[:, None]), move)
        at = g.Div(g.Mul(at, turned) if turned else at, scale)
        return g.Mul(g.Max(g.inverse(g.Mul(g.Mul(g.Abs(g.Sub(at, old)), SIDE / 2.0), scale)), 0.0), scale)
    across = g.op('Transpose', rows(right, turn), perm=[0, 1, 3, 2])
    return g.clamp(g.Add(g.MatMul(g.MatMul(rows(down, None), g.Sub(picture, 1.0)), across), 1.0))


def place(g, picture, box, scale, x, y):
    """The picture with the middle of its ink at (x, y). All numbers [B,1]."""
    wide = lambda value: g.shape(value, -1, 1, 1, 1)
    return resample(g, picture, wide(scale), wide(g.Sub(x, g.Mul(scale, box.x))), wide(g.Sub(y, g.Mul(scale, box.y))))


def over(g, front, back):
    return g.blend(ink(g, front), front, back)


def several(g, picture, counts):
    """Two, three or four of it, as counts [B,3] says; as it is where that is 0 0 0."""
    box, room, gap = Box(g, picture), 2 * EDGE, 0.07
    half = lambda size: g.Div(np.float32((room - gap) / 2), size)
    two, three, four = (g.cut(counts, 1, k, k + 1) for k in range(3))
    single = g.inverse(g.clamp(g.sum(counts, 1)))
    low = g.Add(three, four)
    scale = g.Add(g.Min(half(box.width), g.blend(low, half(box.height), g.Div(np.float32(room - 0.1), box.height))), 0.0)
    scale = g.Min(scale, 0.9)
    w, h = (g.Mul(g.Add(g.Mul(scale, size), gap), 0.5) for size in (box.width, box.height))
    minus = lambda value: g.Mul(value, -1.0)
    out = place(g, picture, box, scale, minus(w), g.blend(low, h, g.const(-0.05)))                      # lower left
    out = over(g, place(g, picture, box, scale, w, g.blend(low, h, g.const(0.05))), out)                # lower right
    upper = over(g, place(g, picture, box, scale, g.Mul(minus(w), four), minus(h)), out)                # top, or upper left
    out = g.blend(g.shape(g.clamp(low), -1, 1, 1, 1), upper, out)
    last = over(g, place(g, picture, box, scale, w, minus(h)), out)
    out = g.blend(g.shape(four, -1, 1, 1, 1), last, out)
    return g.blend(g.shape(single, -1, 1, 1, 1), picture, out)


def together(g, one, two, layout, amount):
    """Two pictures on one page. layout [B, LAYOUTS], one of them 1; 'single' gives the first of them, unchanged. amount [B,1]: how far it has
    come, from the first picture as it was (0) to both in their places (1)."""
    a, b = Box(g, one), Box(g, two)
    room, c = np.float32(2 * EDGE), lambda value: g.Add(g.Mul(a.x, 0.0), np.float32(value))
    fit = lambda size, share=1.0: g.Div(np.float32(room * share), size)
    top, bottom = lambda h: g.Sub(g.Mul(h, 0.5), np.float32(EDGE)), lambda h: g.Sub(np.float32(EDGE), g.Mul(h, 0.5))
    def beside():
        s = g.Min(g.Div(np.float32(room + 0.06), g.Add(a.width, b.width)), g.Min(fit(a.height), fit(b.height)))
        edge = g.Mul(g.Mul(g.Add(a.width, b.width), s), 0.5)
        left, right = g.Sub(g.Mul(g.Mul(a.width, s), 0.5), edge), g.Sub(edge, g.Mul(g.Mul(b.width, s), 0.5))
        # On one ground, as things stand.
        low = g.Mul(g.Max(g.Mul(a.height, s), g.Mul(b.height, s)), 0.5)
        stand = lambda box: g.Sub(low, g.Mul(g.Mul(box.height, s), 0.5))
        return s, left, stand(a), s, right, stand(b)
    def stacked(upper, lower, up, down, overlap):
        """Sizes `up` and `down` against each other; the upper one reaches into the lower one by a share of the lower one's height."""
        high = g.Add(g.Mul(upper.height, np.float32(up)), g.Mul(lower.height, np.float32(down * (1 - overlap))))
        s = g.Min(g.Div(room, high), g.Min(fit(upper.width, 1 / up), fit(lower.width, 1 / down)))
        su, sl = g.Mul(s, np.float32(up)), g.Mul(s, np.float32(down))
        edge = g.Mul(g.Mul(high, s), 0.5)
        return su, c(0), g.Sub(g.Mul(g.Mul(upper.height, su), 0.5), edge), sl, c(0), g.Sub(edge, g.Mul(g.Mul(lower.height, sl), 0.5))
    def swapped(values): return (*values[3:], *values[:3])
    def head():
        s = c(0.76)
        hat = g.Min(g.Div(g.Mul(g.Mul(a.width, s), 0.62), b.width), 0.62)
        rim = g.Sub(np.float32(EDGE), g.Mul(a.height, s))
        return s, c(0), bottom(g.Mul(a.height, s)), hat, c(0), g.Sub(rim, g.Mul(g.Mul(b.height, hat), 0.2))
    def face():
        s = c(0.92)
        return s, c(0), c(0.04), g.Min(g.Div(g.Mul(g.Mul(a.width, s), 0.62), b.width), 0.7), c(0), g.Mul(g.Mul(a.height, s), -0.03)
    still = lambda *values: tuple(c(value) for value in values)
    made = {
        'single': still(1, 0, 0, 0.5, 0, 0), 'beside': beside(), 'above': stacked(a, b, 0.92, 1.08, 0.14), 'below': swapped(stacked(b, a, 1.08, 0.95, 0.14)),
        'inside': stacked(a, b, 0.9, 1.0, 0.34), 'before': still(0.58, -0.38, 0.38, 0.74, 0.22, -0.22), 'behind': still(0.74, 0.22, -0.22, 0.58, -0.38, 0.38),
        'held': still(0.74, -0.22, -0.2, 0.5, 0.46, 0.44), 'head': head(), 'face': face()}
    columns = [g.op('Concat', *[made[name][k] for name in LAYOUTS], axis=1) for k in range(6)]
    sa, xa, ya, sb, xb, yb = (g.sum(g.Mul(column, layout), 1) for column in columns)
    sa, xa, ya = g.blend(amount, sa, c(1)), g.blend(amount, xa, a.x), g.blend(amount, ya, a.y)
    first, second = place(g, one, a, sa, xa, ya), place(g, two, b, sb, xb, yb)
    seen = g.shape(amount, -1, 1, 1, 1)
    before = np.array([name in ('beside', 'inside', 'behind', 'held', 'head', 'face') for name in LAYOUTS], np.float32)[:, None]
    front = g.shape(g.MatMul(layout, g.const(before)), -1, 1, 1, 1)                                     # 1: the second
    in_front = g.blend(g.Mul(ink(g, second), seen), second, first)
    both = g.blend(front, in_front, over(g, first, g.Add(g.Mul(g.Sub(second, 1.0), seen), 1.0)))
    return g.blend(g.shape(g.cut(layout, 1, 0, 1), -1, 1, 1, 1), one, both)
