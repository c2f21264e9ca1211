"""Are two denoisers the same? Sums differ a little between processors, so weights that were learned may differ in their digits where nothing is
seen of it. Says how far each weight is away, and how many of the 48 pictures of prompts.json come out alike (within 3 of 255 levels in the mean).
usage: compare_networks.py ONE OTHER [MODEL]     Ends with 1 where the graphs or more than 2 of the pictures differ."""
import json
import sys
import numpy as np
import onnx
from onnx import numpy_helper
from evaluate import Painter
from learn_words import MODEL


def main(one, other, model=MODEL):
    a, b = onnx.load(one).graph, onnx.load(other).graph
    if [(n.op_type, *n.input, *n.output) for n in a.node] != [(n.op_type, *n.input, *n.output) for n in b.node]: sys.exit('The graphs differ.')
    away = []
    for x, y in zip(a.initializer, b.initializer):
        p, q = numpy_helper.to_array(x), numpy_helper.to_array(y)
        if p.shape != q.shape or p.dtype != q.dtype: sys.exit(f'{x.name}: another shape or kind')
        difference = float(np.abs(p.astype(np.float64) - q.astype(np.float64)).max(initial=0))
        if difference > 0: away.append((difference / max(float(np.abs(p.astype(np.float64)).max()), 1e-12), x.name, p.shape))
    if not away: return print('The same to the bit.')
    for share, name, shape in sorted(away, reverse=True): print(f'{name} {shape}: {share:.1e} of its largest number')
    prompts = [prompt for members in json.load(open('prompts.json')).values() for prompt in members]
    first, second = Painter(model, one), Painter(model, other)
    unlike = [prompt for i, prompt in enumerate(prompts) if np.abs(first.paint(prompt, 100 + i).astype(int) - second.paint(prompt, 100 + i)).mean() > 3]
    print(f'{len(away)} of {len(a.initializer)} weights differ; {len(prompts) - len(unlike)} of {len(prompts)} pictures are alike. Others:', unlike)
    if len(unlike) > 2: sys.exit(1)


if __name__ == '__main__':
    main(*sys.argv[1:])
