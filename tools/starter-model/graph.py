"""A small builder of ONNX graphs: every call adds one node and gives the name of its result."""
import numpy as np
import onnx
from onnx import TensorProto, compose, helper, numpy_helper


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count = [], [], 0

    def name(self, hint):
        self.count += 1
        return f'{hint}_{self.count}'

    def const(self, value, dtype=np.float32, hint='w'):
        name = self.name(hint)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(value, dtype)), name))
        return name

    def scalar(self, value, dtype):
        """A constant without dimensions, where [1] will not do."""
        name = self.name('s')
        self.weights.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def half(self, value, hint='w'):
        """A large constant: stored with 16 bits, computed with 32."""
        return self.cast(self.const(value, np.float16, hint), TensorProto.FLOAT)

    def bytes(self, value, hint='w'):
        """A large constant stored with 8 bits and one scale. -> its numbers as floats"""
        scale = float(np.abs(value).max()) / 127
        codes = self.const(np.round(value / scale), np.int8, hint)
        return self.op('DequantizeLinear', codes, self.const(scale), self.const(0, np.int8))

    def op(self, kind, *inputs, **attributes):
        inputs = [i if isinstance(i, str) else self.const(i) for i in inputs]
        out = self.name(kind)
        self.nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def pair(self, kind, *inputs, **attributes):
        outs = [self.name(kind), self.name(kind)]
        self.nodes.append(helper.make_node(kind, list(inputs), outs, **attributes))
        return outs

    def pieces(self, x, count):
        """The batch in so many equal parts."""
        outs = [self.name('Split') for _ in range(count)]
        self.nodes.append(helper.make_node('Split', [x], outs, axis=0))
        return outs

    def __getattr__(self, kind):
        if not kind[0].isupper(): raise AttributeError(kind)
        return lambda *inputs, **attributes: self.op(kind, *inputs, **attributes)

    def cast(self, x, to): return self.op('Cast', x, to=to)
    def number(self, x): return self.cast(x, TensorProto.FLOAT)
    def whole(self, *values): return self.const(list(values), np.int64)
    def shape(self, x, *sizes): return self.op('Reshape', x, self.whole(*sizes))
    def sum(self, x, *axes, keep=1): return self.op('ReduceSum', x, self.whole(*axes), keepdims=keep)
    def mean(self, x, *axes, keep=1): return self.op('ReduceMean', x, axes=list(axes), keepdims=keep)
    def max(self, x, *axes, keep=1): return self.op('ReduceMax', x, axes=list(axes), keepdims=keep)
    def min(self, x, *axes, keep=1): return self.op('ReduceMin', x, axes=list(axes), keepdims=keep)
    def cut(self, x, axis, start, end): return self.op('Slice', x, self.whole(start), self.whole(end), self.whole(axis))
    def clamp(self, x, low=0.0, high=1.0): return self.op('Clip', x, np.float32(low), np.float32(high))
    def unit(self, x): return self.Div(x, self.Max(self.Sqrt(self.sum(self.Mul(x, x), -1)), 1e-6))
    def blend(self, gate, one, other): return self.Add(other, self.Mul(gate, self.Sub(one, other)))
    def both(self, a, b, axis=0): return self.op('Concat', a, b, axis=axis)
    def inverse(self, x): return self.Sub(1.0, x)

    def include(self, path, value, prefix):
        """Puts the graph of a file in here, fed with `value`. -> its result"""
        model = compose.add_prefix(onnx.load(path), prefix)
        graph = model.graph
        entry, out = graph.input[0].name, graph.output[0].name
        for node in graph.node:
            for i, name in enumerate(node.input):
                if name == entry: node.input[i] = value
        self.nodes.extend(graph.node)
        self.weights.extend(graph.initializer)
        return out

    def save(self, path, inputs, result, out_name, out_shape, title='memory'):
        self.nodes.append(helper.make_node('Identity', [result], [out_name]))
        graph = helper.make_graph(self.nodes, title, inputs, [helper.make_tensor_value_info(out_name, TensorProto.FLOAT, out_shape)], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=9, producer_name='galley starter-model')
        onnx.checker.check_model(model)
        onnx.save(model, path)
