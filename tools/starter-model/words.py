"""The words that the network treats specially, and prompts made of them in which the role of every word is known."""
import random
import re

COLOURS = {
    'red': ('red scarlet crimson ruby', (0.87, 0.15, 0.17)),
    'orange': ('orange', (0.96, 0.52, 0.11)),
    'yellow': ('yellow golden lemon-yellow', (0.98, 0.80, 0.15)),
    'green': ('green lime-green emerald', (0.22, 0.64, 0.27)),
    'teal': ('teal turquoise cyan', (0.10, 0.65, 0.66)),
    'blue': ('blue azure', (0.16, 0.42, 0.88)),
    'purple': ('purple violet', (0.52, 0.26, 0.77)),
    'pink': ('pink rosy magenta', (0.95, 0.45, 0.68)),
    'brown': ('brown', (0.50, 0.31, 0.18)),
    'black': ('black', (0.16, 0.16, 0.18)),
    'gray': ('gray grey', (0.55, 0.56, 0.58)),
    'white': ('white', (0.93, 0.93, 0.95)),
    # from here on no drawing is counted as of that colour: it is always made so
    'navy': ('navy', (0.11, 0.17, 0.45)),
    'maroon': ('maroon burgundy', (0.50, 0.09, 0.18)),
    'beige': ('beige cream', (0.91, 0.83, 0.68)),
    'lavender': ('lavender lilac', (0.73, 0.64, 0.92)),
    'silver': ('silver', (0.72, 0.74, 0.78)),
}
TONES = {'light': 'light pale pastel', 'dark': 'dark deep'}           # only before a colour
COUNTS = {'two': 'two 2', 'three': 'three 3', 'four': 'four 4'}
STYLES = {  # set of drawings -> words that ask for it, the main one first
    'fluent-emoji': '3d glossy shiny',
    'fluent-emoji-flat': 'modern sleek',
    'noto': 'cartoon cartoonish comic',
    'twemoji': 'flat',
    'flat-color-icons': 'pictogram',
    'streamline-kameleon-color': 'badge',
    'game-icons': 'silhouette glyph',
}
JOINERS = {  # how two things are put together -> words between them
    'beside': 'and|next to|beside|near|plus|by',
    'above': 'on|above|over|on top of|atop|riding|sitting on|standing on',
    'below': 'under|below|beneath|underneath',
    'inside': 'in|inside|inside of',
    'before': 'in front of|before',
    'behind': 'behind',
    'with': 'with|wearing|holding|reading|eating|carrying|playing|using|chasing',
}
ROLES = ['other', 'thing', *COLOURS, *STYLES, *TONES, *COUNTS, *JOINERS]
ROLE = {name: index for index, name in enumerate(ROLES)}
WORD_ROLE = {word: ROLE[name] for name, (words, _) in COLOURS.items() for word in words.split()}
STOP = set('a an the of to and with in on at for by or from over under its his her icon style picture drawing'.split())
IRREGULAR = dict(man='men', woman='women', child='children', mouse='mice', foot='feet', tooth='teeth', goose='geese', person='people', fish='fish', sheep='sheep', deer='deer',
                 leaf='leaves', wolf='wolves', knife='knives', loaf='loaves', scarf='scarves', glasses='glasses', sunglasses='sunglasses', scissors='scissors', jeans='jeans')
STYLE_FORMS = ['{p}, {s}', '{p}, {s} style', '{p} in {s} style', '{s} {b}', '{s} icon of {p}', '{p} {s} icon', '{s} picture of {p}', '{p} ({s})', 'a {s} drawing of {p}']
PLAIN_FORMS = ['{p}', '{p}', '{p}', '{p}', '{p} icon', 'a picture of {p}', 'an icon of {p}', '{p}.', 'drawing of {p}']


def article(words):
    return ('an ' if words[0] in 'aeiou' else 'a ')


def plural(label):
    *before, last = label.split(' ')
    if last in IRREGULAR: end = IRREGULAR[last]
    elif last.endswith(('s', 'x', 'z', 'ch', 'sh')): end = last + 'es'
    elif last.endswith('y') and last[-2:-1] not in 'aeiou': end = last[:-1] + 'ies'
    else: end = last + 's'
    return ' '.join([*before, end])


def label_parts(label):
    """A label as (text, role) pieces: its colour words are colours, its small words nothing, the rest the thing."""
    words = re.findall(r'\S+|\s+', label)
    only = len([w for w in words if w.strip()]) == 1
    def role(word):
        bare = word.strip(',.:()').lower()
        if bare in STOP or not bare: return ROLE['other']
        return ROLE['thing'] if only else WORD_ROLE.get(bare, ROLE['thing'])
    return [(word, role(word)) for word in words]


def phrase(label, rng, colour_share=0.4, count_share=0.2):
    parts = label_parts(label)
    is_coloured = any(r in WORD_ROLE.values() for _, r in parts)
    count = None
    if rng.random() < count_share and not is_coloured:
        count = rng.choice(list(COUNTS))
        parts = label_parts(plural(label))
    if rng.random() < colour_share and not is_coloured:
        word = rng.choice(list(WORD_ROLE))
        parts = [(word, WORD_ROLE[word]), (' ', 0), *parts]
        if rng.random() < 0.25:
            tone = rng.choice(list(TONES))
            parts = [(rng.choice(TONES[tone].split()), ROLE[tone]), (' ', 0), *parts]
    if count: return [(rng.choice(COUNTS[count].split()), ROLE[count]), (' ', 0), *parts]
    bare = ''.join(text for text, _ in parts)
    start = rng.choice(['', '', article(bare), 'the ', 'one '][: 4 + (rng.random() < 0.1)])
    return ([(start, 0)] if start else []) + parts


def fill(form, whole, style, role):
    bare = whole[1:] if whole[0][1] == 0 and whole[0][0].strip() in ('a', 'an', 'the') else whole
    parts = []
    for piece in re.split(r'(\{.\})', form):
        if piece == '{p}': parts += whole
        elif piece == '{b}': parts += bare
        elif piece == '{s}': parts.append((style, role))
        elif piece: parts.append((piece, 0))
    return parts


def sample_prompt(labels, common, rng):
    """-> pieces [(text, role)], label of the first thing, label of the second or None. Half of the
    things are names or keywords of emoji, which people say oftener than names of icons."""
    choose = lambda: rng.choices(*common)[0] if rng.random() < 0.5 else rng.choice(labels)
    one, two = choose(), None
    parts = phrase(one, rng)
    if rng.random() < 0.45:
        two = choose()
        kind = rng.choice(list(JOINERS))
        joiner = rng.choice(JOINERS[kind].split('|'))
        first, *rest = joiner.split(' ')
        parts = parts + [(' ', 0), (first, ROLE[kind])] + ([(' ' + ' '.join(rest), 0)] if rest else []) + [(' ', 0)] + phrase(two, rng)
    if rng.random() < 0.5:
        name = rng.choice(list(STYLES))
        words = STYLES[name].split()
        style = words[0] if rng.random() < 0.6 else rng.choice(words)
        return fill(rng.choice(STYLE_FORMS), parts, style, ROLE[name]), one, two
    return fill(rng.choice(PLAIN_FORMS), parts, '', 0), one, two
