"""The words that the network treats specially, and prompts made of them in which the role of every word is known."""
import random
import re

COLOURS = {
    'red': ('red scarlet crimson ruby', (0.87, 0.15, 0.17)),
    'orange': ('orange', (0.96, 0.52, 0.11)),
    'yellow': ('yellow golden lemon-yellow', (0.98, 0.80, 0.15)),
    'green': ('green lime-green emerald', (0.22, 0.64, 0.27)),
    'teal': ('teal turquoise cyan', (0.10, 0.65, 0.66)),
    'blue': ('blue navy azure', (0.16, 0.42, 0.88)),
    'purple': ('purple violet lilac', (0.52, 0.26, 0.77)),
    'pink': ('pink rosy magenta', (0.95, 0.45, 0.68)),
    'brown': ('brown', (0.50, 0.31, 0.18)),
    'black': ('black', (0.16, 0.16, 0.18)),
    'gray': ('gray grey', (0.55, 0.56, 0.58)),
    'white': ('white', (0.93, 0.93, 0.95)),
}
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
    'above': 'on|above|over|on top of|atop|in front of',
    'below': 'under|below|beneath|behind',
    'with': 'with|wearing|holding|reading|riding|eating|carrying|playing|using|chasing|in',
}
ROLES = ['other', 'thing', *COLOURS, *STYLES, *JOINERS]
ROLE = {name: index for index, name in enumerate(ROLES)}
WORD_ROLE = {word: ROLE[name] for name, (words, _) in COLOURS.items() for word in words.split()}
STOP = set('a an the of to and with in on at for by or from over under its his her icon style picture drawing'.split())
STYLE_FORMS = ['{p}, {s}', '{p}, {s} style', '{p} in {s} style', '{s} {b}', '{s} icon of {p}', '{p} {s} icon', '{s} picture of {p}', '{p} ({s})', 'a {s} drawing of {p}']
PLAIN_FORMS = ['{p}', '{p}', '{p}', '{p}', '{p} icon', 'a picture of {p}', 'an icon of {p}', '{p}.', 'drawing of {p}']


def article(words):
    return ('an ' if words[0] in 'aeiou' else 'a ')


def label_parts(label):
    """A label as (text, role) pieces: its colour words are colours, its small words nothing, the rest the thing."""
    words = re.findall(r'\S+|\s+', label)
    only = len([w for w in words if w.strip()]) == 1
    def role(word):
        bare = word.strip(',.:()').lower()
        if bare in STOP or not bare: return ROLE['other']
        return ROLE['thing'] if only else WORD_ROLE.get(bare, ROLE['thing'])
    return [(word, role(word)) for word in words]


def phrase(label, rng, colour_share=0.4):
    parts = label_parts(label)
    if rng.random() < colour_share and not any(r in WORD_ROLE.values() for _, r in parts):
        word = rng.choice(list(WORD_ROLE))
        parts = [(word, WORD_ROLE[word]), (' ', 0), *parts]
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


def sample_prompt(labels, rng):
    """-> pieces [(text, role)], label of the first thing, label of the second or None."""
    one, two = rng.choice(labels), None
    parts = phrase(one, rng)
    if rng.random() < 0.45:
        two = rng.choice(labels)
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
