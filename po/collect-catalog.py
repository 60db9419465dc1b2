#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of the catalog that are translated, as a template for xgettext: collect-catalog.py [--check]

Documents are written in English. What actions and their parameters are called is said in the reader's language
(stoker_catalog_translate()), so it goes into po/catalog.pot, which po/POTFILES.in names beside the sources.
With --check it only tells whether that file is up to date.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / 'po' / 'catalog.pot'
HEAD = """# SPDX-License-Identifier: GPL-3.0-or-later
# Made by po/collect-catalog.py.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"""


def actions(document):
    """Yields what a provider can do beside jobs."""
    connector = document.get('connector') or {}
    yield from (connector.get('actions') or {}).values()
    launch = (connector.get('operations') or {}).get('machines.launch')
    if launch:
        yield launch


def texts(document):
    """Yields the texts of a document for people."""
    for action in actions(document):
        for place in [action, *action.get('parameters', [])]:
            yield from (place[name] for name in ('label', 'note') if place.get(name))


def collect():
    """Returns the template."""
    found = set()
    for path in sorted((ROOT / 'resources' / 'catalog').glob('*.json')):
        found.update(texts(json.loads(path.read_text(encoding='utf-8'))))
    entries = [f'#, no-c-format\nmsgctxt "catalog"\nmsgid {json.dumps(text, ensure_ascii=False)}\nmsgstr ""\n' for text in sorted(found)]
    return '\n'.join([HEAD, *entries])


def main():
    template = collect()
    if sys.argv[1:] != ['--check']:
        TEMPLATE.write_text(template, encoding='utf-8')
    elif not TEMPLATE.exists() or TEMPLATE.read_text(encoding='utf-8') != template:
        sys.exit('po/catalog.pot is not what resources/catalog says; run: po/collect-catalog.py')


if __name__ == '__main__':
    main()
