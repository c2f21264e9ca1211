"""Stage 4: the trained weights as an ONNX folder. -> .work/model/network/model.onnx, and how far its answers are from the network's own."""
import os
import sys
import numpy as np
from prepare import session

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')


def main(work='.work'):
    from network import graph
    weights = dict(np.load(f'{work}/weights.npz'))
    os.makedirs(f'{work}/model/network', exist_ok=True)
    graph(weights, f'{work}/model/network/model.onnx')
    graph(weights, f'{work}/whole.onnx', half=False)
    x = np.load(f'{work}/lows.npy', mmap_mode='r')[:4, 0].transpose(0, 3, 1, 2).astype(np.float32) / 255
    answers = [[session(path).run(None, {'low': one[None]})[0] for one in x] for path in (f'{work}/model/network/model.onnx', f'{work}/whole.onnx')]
    away = max(float(np.abs(a - b).max()) for a, b in zip(*answers))
    size = os.path.getsize(f'{work}/model/network/model.onnx')
    print(f'{sum(w.size for w in weights.values())} weights, {size / 1000:.0f} kB; stored with 16 bits they answer at most {away * 255:.2f} of 255 levels differently')


if __name__ == '__main__':
    main(*sys.argv[1:])
