"""The text encoder that ships with the model, as the app runs it: at most 20 tokens, every token's state comes out."""
import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer


def session(path, threads=1):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry('session.intra_op.allow_spinning', '0')
    return ort.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])


class TextEncoder:
    def __init__(self, model, threads=1):
        self.tokenizer = Tokenizer.from_file(f'{model}/tokenizer/tokenizer.json')
        self.tokenizer.enable_truncation(20)
        self.tokenizer.no_padding()
        self.run_graph = session(f'{model}/text_encoder/model.onnx', threads)

    def encode(self, texts, batch=64):
        """-> list of (states [T,384], tokenizer encoding) in the order of the texts."""
        rows = self.tokenizer.encode_batch(list(texts))
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        out = [None] * len(rows)
        for start in range(0, len(order), batch):
            chosen = order[start:start + batch]
            length = max(len(rows[i].ids) for i in chosen)
            ids, mask = np.zeros((2, len(chosen), length), np.int64)
            for k, i in enumerate(chosen):
                ids[k, :len(rows[i].ids)] = rows[i].ids
                mask[k, :len(rows[i].ids)] = 1
            states = self.run_graph.run(None, {'input_ids': ids, 'attention_mask': mask})[0]
            for k, i in enumerate(chosen):
                out[i] = (states[k, :len(rows[i].ids)], rows[i])
        return out

    def padded(self, texts):
        """-> states [B,T,384], mask [B,T]: what the denoiser is given."""
        rows = self.encode(texts)
        length = max(len(s) for s, _ in rows)
        states = np.zeros((len(rows), length, 384), np.float32)
        mask = np.zeros((len(rows), length), np.int64)
        for k, (s, _) in enumerate(rows):
            states[k, :len(s)] = s
            mask[k, :len(s)] = 1
        return states, mask
