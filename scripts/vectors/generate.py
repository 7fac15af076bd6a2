"""Writes vector files with other parameters than the published ones:

    python3 scripts/vectors/generate.py FOLDER [--seed N] [--scale N]

The expected figures come from the definitions in this folder, in forty digits; nothing of the engine is used. It needs mpmath.
"""

import argparse
import json
import random
from pathlib import Path

import draw_derive
import draw_lending
import draw_statistics
import draw_tables

# Name, how it is drawn, and how many cases at scale 1.
FILES = (
    ('black76', draw_tables.black76_file, 8),
    ('derive-pmrm2', draw_derive.file, 12),
    ('lending', draw_lending.file, 9),
    ('okx', draw_tables.okx_file, 4),
    ('paradex', draw_tables.paradex_file, 4),
    ('span16', draw_tables.span_file, 4),
    ('statistics', draw_statistics.file, 4),
    ('tiers', draw_tables.tiers_file, 5),
)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder', type=Path)
    parser.add_argument('--seed', type=int, default=20)
    parser.add_argument('--scale', type=int, default=1)
    arguments = parser.parse_args()
    for name, file, count in FILES:
        drawn = file(random.Random(f'{arguments.seed} {name}'), count * arguments.scale)
        text = json.dumps(drawn, separators=(',', ':'))
        (arguments.folder / f'other-parameters-{name}.json').write_text(text + '\n')


if __name__ == '__main__':
    main()
