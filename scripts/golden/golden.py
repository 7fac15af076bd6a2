"""Golden accounts: inputs and every expected figure, computed from docs/methodology.md with 60-digit decimals.

Run with python3 (standard library only). Prints the file; `--output PATH` writes it, `--check PATH` compares and exits 1
when the file says something else.
"""

import json
import sys
from decimal import Context, Decimal

import lookthrough
from accounts import SEED, every_account
from parameters import SETS
from waterfall import waterfall

PRINTED = Context(prec=42)


def plain(value):
    """Decimals as strings of 42 significant digits without an exponent."""
    if isinstance(value, Decimal):
        text = f'{PRINTED.plus(value):f}'
        return (text.rstrip('0').rstrip('.') if '.' in text else text) or '0'
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value


def document():
    cases = every_account()
    for case in cases:
        case['expected'] = plain(waterfall(case['input'], SETS[case['input']['parameters']]))
    return {'seed': SEED, 'parameterSets': SETS, 'cases': cases, 'lookThrough': lookthrough.cases()}


def written(value):
    """One case on a line, so that a change shows which cases it changes."""
    line = lambda entry: json.dumps(entry, ensure_ascii=False, separators=(',', ':'))
    rows = lambda entries: '[\n' + ',\n'.join(line(entry) for entry in entries) + '\n]'
    parts = [f'{line(key)}:{rows(entry) if isinstance(entry, list) else line(entry)}' for key, entry in value.items()]
    return '{\n' + ',\n'.join(parts) + '\n}\n'


def main(arguments):
    text = written(document())
    if arguments[:1] == ['--output']:
        with open(arguments[1], 'w', encoding='utf-8') as file:
            file.write(text)
    elif arguments[:1] == ['--check']:
        with open(arguments[1], encoding='utf-8') as file:
            return 0 if json.load(file) == json.loads(text) else 1
    else:
        sys.stdout.write(text)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
