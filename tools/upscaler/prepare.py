"""Stage 2: what comes in. The 128 pixel picture through the starter's autoencoder, as every picture that it makes, and two plain
reductions. -> .work/lows.npy"""
import sys
import numpy as np
import onnxruntime
from PIL import Image
from data import KINDS, LOW, truths


def session(path, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(path, options, providers=['CPUExecutionProvider'])


class Autoencoder:
    def __init__(self, model):
        self.encoder, self.decoder = session(f'{model}/vae_encoder/model.onnx'), session(f'{model}/vae_decoder/model.onnx')

    def through(self, pictures):
        """uint8 [n, 128, 128, 3] -> the same, packed and unpacked"""
        x = pictures.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
        out = self.decoder.run(None, {'latent_sample': self.encoder.run(None, {'sample': x})[0]})[0]
        return ((out.transpose(0, 2, 3, 1) + 1) * 127.5).round().clip(0, 255).astype(np.uint8)


def reduced(picture, how):
    return np.asarray(Image.fromarray(picture).resize((LOW, LOW), how))


def main(work='.work', model='../../resources/models/starter'):
    truth, autoencoder = truths(work), Autoencoder(model)
    out = np.zeros((len(truth), len(KINDS), LOW, LOW, 3), np.uint8)
    for start in range(0, len(truth), 16):
        part = slice(start, start + 16)
        out[part, 1] = [reduced(picture, Image.LANCZOS) for picture in truth[part]]
        out[part, 2] = [reduced(picture, Image.BOX) for picture in truth[part]]
        out[part, 0] = autoencoder.through(out[part, 1])
        if start % 800 == 0: print(start, len(truth), flush=True)
    np.save(f'{work}/lows.npy', out)


if __name__ == '__main__':
    main(*sys.argv[1:])
