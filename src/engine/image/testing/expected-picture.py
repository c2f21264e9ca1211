"""Values that whole pictures and tokens are checked against, computed without any of our code: Python's onnxruntime, tokenizers and
NumPy, with the noise generator written again from its specification.

How: python -m venv .venv; .venv/bin/pip install onnxruntime tokenizers numpy; .venv/bin/python expected-picture.py > expected-picture.json
Used for the committed values: onnxruntime 1.23.2, tokenizers 0.22.1, numpy 2.3.5.
"""
import json
import pathlib
import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

MODEL = pathlib.Path(__file__).resolve().parents[4] / "resources/models/starter"
MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def normals(seed, stream, count):
    out = []
    for block in range(-(-count // 4)):
        u = [(word + 0.5) / 2**32 for word in philox((block, 0, stream, 0), (seed & MASK, seed >> 32))]
        for i in (0, 2):
            radius, angle = np.sqrt(-2 * np.log(u[i])), 2 * np.pi * u[i + 1]
            out += [radius * np.cos(angle), radius * np.sin(angle)]
    return np.array(out[:count], np.float32)


def main():
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    graph = {part: ort.InferenceSession(str(MODEL / part / "model.onnx"), options) for part in ("text_encoder", "transformer", "vae_decoder")}
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer/tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = ["pink heart, modern", "", "A photo of a Cat's 2nd tail!!", "Ünïcödé café — 猫 ❤️", "  spaces\n\tand tabs\u00a0and \u200bmore ", "naïve façade ﬁ 中文字 한국어 😀👍🏽",
             "pneumonoultramicroscopicsilicovolcanoconiosis", "a.b,c;d—e… don't foo_bar http://x.y/z?q=1"]
    tokens = [dict(text=text, ids=tokenizer.encode(text).ids) for text in texts]

    pictures = []
    for prompt, negative, seed, steps, guidance in [("pink heart, modern", "", 1, 4, 1.0), ("blue rocket, 3d", "red", 2**33 + 5, 8, 2.5)]:
        rows = [tokenizer.encode(text).ids for text in (prompt, negative)]
        length = max(map(len, rows))
        ids = np.array([row + [0] * (length - len(row)) for row in rows], np.int64)
        mask = np.array([[1] * len(row) + [0] * (length - len(row)) for row in rows], np.int64)
        words = graph["text_encoder"].run(None, dict(input_ids=ids, attention_mask=mask))[0]
        x = normals(seed, 0, 12 * 16 * 16).reshape(1, 12, 16, 16)
        sigmas = np.linspace(1, 0, steps + 1)
        for now, after in zip(sigmas[:-1], sigmas[1:]):
            v = graph["transformer"].run(None, dict(hidden_states=np.concatenate([x, x]), timestep=np.full(2, now * 1000, np.float32),
                                                    encoder_hidden_states=words, encoder_attention_mask=mask,
                                                    image_latents=np.zeros((2, 12, 16, 16), np.float32), image_strength=np.ones(2, np.float32)))[0]
            x = (x + (after - now) * (v[1:] + guidance * (v[:1] - v[1:]))).astype(np.float32)
        picture = graph["vae_decoder"].run(None, dict(latent_sample=x))[0][0]
        rgb = np.clip(np.round(picture * 127.5 + 127.5), 0, 255).transpose(1, 2, 0)
        means = rgb.reshape(8, 16, 8, 16, 3).mean((1, 3))
        pictures.append(dict(prompt=prompt, negativePrompt=negative, seed=seed, steps=steps, guidance=guidance, means=[round(float(m), 2) for m in means.flatten()]))
    print(json.dumps(dict(tokens=tokens, pictures=pictures), separators=(",", ":")))


main()
