"""Vectors that search by meaning is checked against, computed without any of our code: the recipe of sentence-transformers for
all-MiniLM-L6-v2 (its modules.json: transformer, mean pooling over the tokens that are not padding, division by the length) with
Python's tokenizers, onnxruntime and NumPy on the very files of the starter model.

All texts go through in one padded batch here, so that the mask is part of what is checked.

How: python -m venv .venv; .venv/bin/pip install onnxruntime tokenizers numpy; .venv/bin/python expected-meaning.py > expected-meaning.json
Used for the committed values: onnxruntime 1.32.0, tokenizers 0.23.3, numpy 2.4.6.
"""
import json
import pathlib
import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

MODEL = pathlib.Path(__file__).resolve().parents[4] / "resources/models/starter"
LONGEST = 256
TEXTS = [
    "Boats in the harbour",
    "a vessel on the water",
    "The tide went out early that morning and left the boats leaning on their keels in the mud. Nobody had thought to move them.",
    "Ünïcödé café — 猫 ❤️, naïve façade",
    "",
    "word " * 600,
]


def main():
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer/tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    encoded = tokenizer.encode_batch(TEXTS)
    ids = np.array([one.ids for one in encoded], np.int64)
    mask = np.array([one.attention_mask for one in encoded], np.int64)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(MODEL / "text_encoder/model.onnx"), options)
    tokens = session.run(["last_hidden_state"], dict(input_ids=ids, attention_mask=mask))[0]
    weights = mask[..., None].astype(np.float32)
    means = (tokens * weights).sum(1) / np.clip(weights.sum(1), 1e-9, None)
    vectors = means / np.clip(np.linalg.norm(means, axis=1, keepdims=True), 1e-12, None)
    print(json.dumps([dict(text=text, vector=[round(float(value), 6) for value in vector]) for text, vector in zip(TEXTS, vectors)], separators=(",", ":")))


main()
