"""The network, as numbers (Keras-free TensorFlow) and as an ONNX graph. It works at the low size and at half of it: the lower level sees
wide surroundings for little work, which is what cleaning needs; the last step turns 48 channels into 4 × 4 pixels of 3 colours.
What it learns is the difference from the picture with each pixel repeated 4 × 4 times."""
import numpy as np

WIDE, DEEP, BLOCKS = 32, 64, 4      # channels at the low size, at half of it; residual blocks down there
SLOPE = 0.1


def layers():
    """name, size of the window, channels in, channels out"""
    yield 'head', 3, 3, WIDE
    yield 'fine', 3, WIDE, WIDE
    yield 'down', 2, WIDE, DEEP
    for i in range(BLOCKS):
        yield f'deep{i}a', 3, DEEP, DEEP
        yield f'deep{i}b', 3, DEEP, DEEP
    yield 'up', 1, DEEP, 4 * WIDE
    yield 'join', 3, 2 * WIDE, WIDE
    yield 'last', 3, WIDE, WIDE
    yield 'tail', 3, WIDE, 48


def fresh(seed):
    rng = np.random.default_rng(seed)
    weights = {}
    for name, k, cin, cout in layers():
        gain = 0.1 if name.endswith('b') or name == 'tail' else 1
        weights[name] = (rng.standard_normal((k, k, cin, cout)) * gain * np.sqrt(2 / (k * k * cin))).astype(np.float32)
        weights[f'{name}_bias'] = np.zeros(cout, np.float32)
    return weights


def run(w, x):
    """x [n, h, w, 3] 0…1, even h and w -> [n, 4h, 4w, 3], with weights as TensorFlow variables"""
    import tensorflow as tf
    conv = lambda name, x, step=1: tf.nn.conv2d(x, w[name], step, 'SAME') + w[f'{name}_bias']
    bend = lambda x: tf.nn.leaky_relu(x, SLOPE)
    fine = bend(conv('fine', bend(conv('head', x))))
    deep = bend(conv('down', fine, 2))
    for i in range(BLOCKS): deep = deep + conv(f'deep{i}b', bend(conv(f'deep{i}a', deep)))
    up = tf.nn.depth_to_space(bend(conv('up', deep)), 2)
    y = bend(conv('join', tf.concat([fine, up], -1)))
    y = bend(conv('last', y))
    return tf.nn.depth_to_space(conv('tail', y) + tf.tile(x, (1, 1, 1, 16)), 4)


def graph(weights, path, half=True):
    """Writes the ONNX file: input `low` [1, 3, h, w], output `high` [1, 3, 4h, 4w], 0…1, even h and w."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    nodes, constants, count = [], [], [0]

    def const(value, name):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(kind, *inputs, **attributes):
        count[0] += 1
        out = f'{kind}_{count[0]}'
        nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def conv(name, x, step=1):
        k = weights[name].shape[0]
        value = weights[name].transpose(3, 2, 0, 1)
        kernel = op('Cast', const(value.astype(np.float16), name), to=TensorProto.FLOAT) if half else const(value, name)
        pad = (k - 1) // 2 if step == 1 else 0
        return op('Conv', x, kernel, const(weights[f'{name}_bias'], f'{name}_bias'), kernel_shape=[k, k], pads=[pad] * 4, strides=[step, step])

    bend = lambda x: op('LeakyRelu', x, alpha=SLOPE)
    fine = bend(conv('fine', bend(conv('head', 'low'))))
    deep = bend(conv('down', fine, 2))
    for i in range(BLOCKS): deep = op('Add', deep, conv(f'deep{i}b', bend(conv(f'deep{i}a', deep))))
    up = op('DepthToSpace', bend(conv('up', deep)), blocksize=2, mode='DCR')
    y = bend(conv('join', op('Concat', fine, up, axis=1)))
    y = bend(conv('last', y))
    repeated = op('Tile', 'low', const(np.array([1, 16, 1, 1], np.int64), 'repeats'))
    y = op('DepthToSpace', op('Add', conv('tail', y), repeated), blocksize=4, mode='DCR')
    nodes.append(helper.make_node('Clip', [y, const(np.float32(0), 'zero'), const(np.float32(1), 'one')], ['high']))
    tensor = lambda name, h, w: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, h, w])
    made = helper.make_graph(nodes, 'upscaler', [tensor('low', 'h', 'w')], [tensor('high', 'h4', 'w4')], constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid('', 17)], ir_version=9, producer_name='galley upscaler')
    onnx.checker.check_model(model)
    onnx.save(model, path)
