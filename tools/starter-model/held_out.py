"""What does the model answer for things that it has never been shown? Leaves one emoji concept in twenty out of everything (words, keys, drawings), puts
the network together anew in WORK/held-out, and has the judge look. -> WORK/held-out/report.json   usage: held_out.py [WORK] [MODEL]"""
import json
import os
import random
import sys
import numpy as np
import learn_words
import memory
import network
from evaluate import Painter, sheet
from judge import Judge
from learn_words import MODEL


def leave_out(work, out):
    """Copies the drawings without those of the chosen concepts. -> the concepts that went"""
    rows = [json.loads(line) for line in open(f'{work}/render/drawings.jsonl')]
    emoji = {row['id']: row for row in rows if row['tags']}
    gone = {emoji[k]['id']: emoji[k]['label'] for k in random.Random(3).sample(sorted(emoji), len(emoji) // 20)}
    os.makedirs(f'{out}/render', exist_ok=True)
    with open(f'{work}/render/pictures.webp', 'rb') as source, open(f'{out}/render/pictures.webp', 'wb') as target, open(f'{out}/render/drawings.jsonl', 'w') as lines:
        for row in rows:
            picture = source.read(row['bytes'])
            if row['id'] in gone or row['label'] in gone.values(): continue
            target.write(picture)
            lines.write(json.dumps(row) + '\n')
    return gone


def main(work='.work', model=MODEL):
    out = f'{work}/held-out'
    gone = leave_out(work, out)
    if not os.path.exists(f'{out}/model/transformer/model.onnx'):
        for stage in (learn_words, memory, network): stage.main(out, model)
    judge, painter = Judge(work), Painter(model, f'{out}/model/transformer/model.onnx')
    asked = [(id_, label) for id_, label in gone.items() if id_ in judge.number]
    made = [painter.paint(label, 300 + i) for i, (_, label) in enumerate(asked)]
    likeness = judge.likeness(made)
    ranks = judge.ranks(made, [id_ for id_, _ in asked])
    labels = {c['id']: c['label'] for c in json.load(open(f'{work}/concepts.json'))}
    share = lambda values: round(float(np.mean(values)), 3)
    report = {'concepts': len(asked), 'in_first_5': share(ranks <= 5), 'in_first_20': share(ranks <= 20), 'in_first_100': share(ranks <= 100), 'middle_rank': int(np.median(ranks)), 'things': len(judge.names),
              'by_chance': {'in_first_5': round(5 / len(judge.names), 4), 'in_first_20': round(20 / len(judge.names), 4), 'in_first_100': round(100 / len(judge.names), 3), 'middle_rank': len(judge.names) // 2},
              'answers': [{'asked': label, 'rank': int(rank), 'the_judge_sees': labels.get(judge.names[int(row.argmax())], '?')} for (_, label), rank, row in zip(asked, ranks, likeness)]}
    print({k: v for k, v in report.items() if k != 'answers'})
    json.dump(report, open(f'{out}/report.json', 'w'), indent=1)
    sheet([made], [label for _, label in asked], f'{out}/sheet.png', columns=11)


if __name__ == '__main__':
    main(*sys.argv[1:])
