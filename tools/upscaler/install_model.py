"""Stage 6: puts the network into the model folder, with credits."""
import json
import os
import shutil
import sys


def main(model='../../resources/models/upscaler', work='.work'):
    os.makedirs(f'{model}/network', exist_ok=True)
    shutil.copy(f'{work}/model/network/model.onnx', f'{model}/network/model.onnx')
    sets = json.load(open(f'{work}/render/sets.json'))
    table = '\n'.join(f"| {name} | {s['version']} | {s['drawings']} | {s['author']['name']} | {s['licence']['spdx']} |" for name, s in sets.items())
    with open(f'{model}/LICENCES.md', 'w') as file: file.write(LICENCES.format(table=table))
    print('%s: %.0f kB' % (model, sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(model) for f in files) / 1000))


LICENCES = """# Drawing enlarger: what it learned from

The network was trained on these drawings, rendered from the vector files of their sets at 512 × 512 pixels. It holds none of them: 364 thousand numbers
are too few for that. CC BY asks for credit; it is given here, and this table stays with the model.

| set (npm package `@iconify-json/…`) | version | drawings | author | licence |
|---|---|---|---|---|
{table}

What the small pictures look like was learned from the autoencoder of `resources/models/starter/` (Galley; licences of the sets it was trained on). The network
and its training program are Galley's, Apache-2.0.

Licence texts: MIT https://opensource.org/license/mit · Apache-2.0 https://www.apache.org/licenses/LICENSE-2.0 ·
CC BY 4.0 https://creativecommons.org/licenses/by/4.0/ · CC BY 3.0 https://creativecommons.org/licenses/by/3.0/
"""


if __name__ == '__main__':
    main(*sys.argv[1:])
