"""The part of the network that looks at a picture that somebody gave: which colour is its main one?
The same question as memory.main_colour answers for the drawings, asked inside the graph."""
import numpy as np

DIRECTIONS = 24


def find_colour(g, picture):
    """picture [B,3,128,128], 0…1 -> direction of the main hue (2), its lightness, is it grey; each [B,1,1,1]"""
    small = g.op('Slice', picture, g.whole(0, 0), g.whole(128, 128), g.whole(2, 3), g.whole(2, 2))
    red, green, blue = (g.cut(small, 1, k, k + 1) for k in range(3))
    a = g.Sub(red, g.Mul(g.Add(green, blue), 0.5)); b = g.Mul(g.Sub(green, blue), 0.866)
    chroma = g.Sqrt(g.Add(g.Add(g.Mul(a, a), g.Mul(b, b)), 1e-6))
    luma = g.Add(g.Add(g.Mul(red, 0.3), g.Mul(green, 0.59)), g.Mul(blue, 0.11))
    ink = g.number(g.Less(g.min(small, 1), np.float32(0.95)))
    strong = g.Mul(ink, g.number(g.Greater(chroma, np.float32(0.15))))
    total = lambda x: g.sum(x, 2, 3)
    grey = g.number(g.Less(g.Div(total(strong), g.Add(total(ink), 1.0)), np.float32(0.35)))
    turn = np.arange(DIRECTIONS) / DIRECTIONS * 2 * np.pi
    toward = lambda values: g.const(values.reshape(1, -1, 1, 1))
    along = g.Div(g.Add(g.Mul(a, toward(np.cos(turn))), g.Mul(b, toward(np.sin(turn)))), chroma)           # [B,24,64,64]
    votes = total(g.Mul(g.clamp(g.Mul(g.Sub(along, 0.9), 10.0)), g.Mul(strong, g.Min(chroma, 0.5))))        # [B,24,1,1]
    best = g.number(g.Equal(votes, g.max(votes, 1)))
    share = g.Div(best, g.sum(best, 1))
    hue_x, hue_y = g.sum(g.Mul(share, toward(np.cos(turn))), 1), g.sum(g.Mul(share, toward(np.sin(turn))), 1)
    near = g.Mul(strong, g.number(g.Greater(g.Div(g.Add(g.Mul(a, hue_x), g.Mul(b, hue_y)), chroma), np.float32(0.8))))
    counted = g.blend(grey, g.Sub(ink, strong), near)
    tone = g.Max(g.Div(total(g.Mul(counted, luma)), g.Add(total(counted), 1e-3)), 0.08)
    return [hue_x, hue_y, tone, grey]
