#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files that Stoker must refuse: make-bad-input.py SOURCE_ROOT FOLDER

FOLDER/cases.json lists them as {"file", "command", "where"}: `command` is what must refuse the file (`any` for all of them), `where` a
regular expression for the place that the message must name after the name of the file.
"""
import copy
import json
import pathlib
import sys

POSITION = r':\d+:\d+: '
NOWHERE = r': '  # the mistake is the file as a whole

# Broken below the level of any form: every command must refuse these.
RAW = {
    'empty': (b'', POSITION),
    'blank': (b' \n\t\n ', POSITION),
    'mark-alone': (b'\xef\xbb\xbf', POSITION),
    'utf-16': ('{"providers": []}'.encode('utf-16'), POSITION),
    'utf-8-cut': (b'{"name": "caf\xc3"}', POSITION),
    'utf-8-overlong': (b'{"name": "\xc0\xaf"}', POSITION),
    'utf-8-surrogate': (b'{"name": "\xed\xa0\x80"}', POSITION),
    'utf-8-outside': (b'\xff\xfe{}', POSITION),
    'half-surrogate-pair': (rb'{"name": "\ud83d"}', POSITION),
    'zero-byte': (b'{"name": "a\x00b"}', POSITION),
    'zero-escape': (rb'{"name": "a\u0000b"}', POSITION),
    'control-character': (b'{"name": "a\x07b"}', POSITION),
    'unknown-escape': (rb'{"name": "\x41"}', POSITION),
    'cut-in-object': (b'{"requirements": {"type": "cg_batch"', POSITION),
    'cut-in-string': (b'{"name": "hal', POSITION),
    'cut-in-number': (b'{"deadline_minutes": 1.', POSITION),
    'cut-in-word': (b'{"allow_spot": tru', POSITION),
    'trailing-text': (b'{} and more', POSITION),
    'trailing-document': (b'{}{}', POSITION),
    'trailing-comma': (b'{"a": 1,}', POSITION),
    'missing-comma': (b'{"a": 1 "b": 2}', POSITION),
    'missing-colon': (b'{"a" 1}', POSITION),
    'single-quotes': (b"{'a': 1}", POSITION),
    'bare-member': (b'{a: 1}', POSITION),
    'comment': (b'{"a": 1 /* one */}', POSITION),
    'not-a-number': (b'{"requirements": {"min_vram_gb": NaN}}', POSITION),
    'infinity': (b'{"requirements": {"min_vram_gb": Infinity}}', POSITION),
    'minus-infinity': (b'{"requirements": {"min_vram_gb": -Infinity}}', POSITION),
    'beyond-double': (b'{"requirements": {"min_vram_gb": 1e999}}', POSITION),
    'leading-zero': (b'{"requirements": {"min_vram_gb": 024}}', POSITION),
    'plus-sign': (b'{"requirements": {"min_vram_gb": +24}}', POSITION),
    'hexadecimal': (b'{"requirements": {"min_vram_gb": 0x18}}', POSITION),
    'member-twice': (b'{"name": "a", "name": "b"}', POSITION),
    'deep-arrays': (b'[' * 100000 + b']' * 100000, POSITION),
    'deep-objects': (b'{"a":' * 5000 + b'1' + b'}' * 5000, POSITION),
    'huge': (b'{"name": "' + b'a' * (17 * 1024 * 1024) + b'"}', NOWHERE),
    # The advisor reads pictures too, and then names the part that it misses.
    'picture': (b'\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', rf'(?:{POSITION}|text chunks )'),
    'top-level-text': (b'"advice"', NOWHERE),
    'top-level-number': (b'42', NOWHERE),
    'top-level-null': (b'null', NOWHERE),
}

# Changes to a good document: ((path, new value), the place to be named). REMOVED takes the member out.
REMOVED = object()

WORKLOADS = {
    'vram-negative': (('requirements', 'min_vram_gb'), -24, 'requirements.min_vram_gb'),
    'vram-text': (('requirements', 'min_vram_gb'), '24', 'requirements.min_vram_gb'),
    'vram-absurd': (('requirements', 'min_vram_gb'), 1e300, 'requirements.min_vram_gb'),
    'minutes-negative': (('requirements', 'estimated_minutes'), -1, 'requirements.estimated_minutes'),
    'minutes-list': (('requirements', 'estimated_minutes'), [180], 'requirements.estimated_minutes'),
    'type-number': (('requirements', 'type'), 7, 'requirements.type'),
    'gpus-none': (('requirements', 'gpus'), 0, 'requirements.gpus'),
    'gpus-fraction': (('requirements', 'gpus'), 1.5, 'requirements.gpus'),
    'gpus-beyond-64-bits': (('requirements', 'gpus'), 2 ** 80, 'requirements.gpus'),
    'requirements-list': (('requirements',), [], 'requirements'),
    'requirements-text': (('requirements',), 'a lot', 'requirements'),
    'upload-negative': (('requirements', 'upload_mb'), -0.5, 'requirements.upload_mb'),
    'storage-text': (('requirements', 'persistent_storage'), 'yes', 'requirements.persistent_storage'),
    'assets-object': (('assets',), {'name': 'a'}, 'assets'),
    'asset-text': (('assets',), ['scene.tar'], r'assets\[0\]'),
    'asset-size-negative': (('assets', 0, 'size_mb'), -2400, r'assets\[0\]\.size_mb'),
    'asset-size-text': (('assets', 0, 'size_mb'), '2.4 GB', r'assets\[0\]\.size_mb'),
    'workflows-text': (('workflows',), 'cg-upscale', 'workflows'),
    'workflow-cached-number': (('workflows', 0, 'cached'), 1, r'workflows\[0\]\.cached'),
    'mode-unknown': (('budget', 'mode'), 'cheapest', 'budget.mode'),
    'mode-number': (('budget', 'mode'), 1, 'budget.mode'),
    'limit-negative': (('budget', 'limit_usd'), -20, 'budget.limit_usd'),
    'limit-word': (('budget', 'limit_usd'), 'twenty', 'budget.limit_usd'),
    'budget-number': (('budget',), 20, 'budget'),
    'wish-unknown': (('wish',), 'both', 'wish'),
    'residency-text': (('residency',), 'eu', 'residency'),
    'residency-numbers': (('residency',), [1, 2], r'residency\[0\]'),
    'outputs-negative': (('outputs',), {'count': -1}, 'outputs.count'),
    'deadline-negative': (('deadline_minutes',), -5, 'deadline_minutes'),
    'deadline-text': (('deadline_minutes',), 'soon', 'deadline_minutes'),
    'spot-text': (('allow_spot',), 'no', 'allow_spot'),
    'command-text': (('command',), 'rm -rf /', 'command'),
    'command-numbers': (('command',), [1], r'command\[0\]'),
}

PROFILES = {
    'schema-newer': (('schema',), 2, 'schema'),
    'schema-missing': (('schema',), REMOVED, 'schema'),
    'id-number': (('id',), 5, 'id'),
    'id-empty': (('id',), '', 'id'),
    'id-above': (('id',), '../lambda', 'id'),
    'id-absolute': (('id',), '/etc/passwd', 'id'),
    'id-upper-case': (('id',), 'MyCloud', 'id'),
    'id-line-feed': (('id',), 'my\ncloud', 'id'),
    'name-missing': (('name',), REMOVED, 'name'),
    'name-null': (('name',), None, 'name'),
    'kind-unknown': (('kind',), 'tpu', 'kind'),
    'status-unknown': (('status',), 'sleeping', 'status'),
    'member-unknown': (('colour',), 'red', 'colour'),
    'tags-text': (('tags',), 'gpu-cloud', 'tags'),
    'flag-unknown': (('feature_flag',), 'enable_everything', 'feature_flag'),
    'field-type-unknown': (('auth_fields', 0, 'type'), 'password', r'auth_fields\[0\]\.type'),
    'field-id-missing': (('auth_fields', 0, 'id'), REMOVED, r'auth_fields\[0\]\.id'),
    'field-pattern-broken': (('auth_fields', 0, 'pattern'), '([a-z', r'auth_fields\[0\]\.pattern'),
    'fields-twice': (('auth_fields',), 'TWICE', r'auth_fields\[1\]'),
    'vram-negative': (('min_vram_gb',), -1, 'min_vram_gb'),
    'price-float': (('price_hint', 'amount'), 1.99, 'price_hint.amount'),
    'price-word': (('price_hint', 'amount'), 'cheap', 'price_hint.amount'),
    'price-negative': (('price_hint', 'amount'), '-1.99', 'price_hint.amount'),
    'price-comma': (('price_hint', 'amount'), '1,99', 'price_hint.amount'),
    'price-too-many-digits': (('price_hint', 'amount'), '9' * 40, 'price_hint.amount'),
    'currency-unknown': (('price_hint', 'currency'), 'dollars', 'price_hint'),
    'unit-unknown': (('price_hint', 'unit'), 'fortnight', 'price_hint.unit'),
    'source-missing': (('price_hint', 'source'), REMOVED, 'price_hint.source'),
    'date-american': (('price_hint', 'as_of'), '11/21/2026', 'price_hint.as_of'),
    'date-impossible': (('price_hint', 'as_of'), '2026-02-30', 'price_hint.as_of'),
    'date-number': (('last_checked',), 20261121, 'last_checked'),
    'date-empty': (('last_checked',), '', 'last_checked'),
    'plans-missing': (('plans',), REMOVED, 'plans'),
    'plans-empty': (('plans',), [], 'plans'),
    'plan-kind-unknown': (('plans', 0, 'kind'), 'lease', r'plans\[0\]\.kind'),
    'plans-twice': (('plans',), 'TWICE', r'plans\[1\]'),
    'increment-negative': (('plans', 0, 'billing', 'increment_s'), -60, r'plans\[0\]\.billing\.increment_s'),
    'increment-minutes': (('plans', 0, 'billing', 'increment_s'), '1 min', r'plans\[0\]\.billing\.increment_s'),
    'start-billed-word': (('plans', 0, 'billing', 'starting'), 'maybe', r'plans\[0\]\.billing\.starting'),
    'cold-start-negative': (('plans', 0, 'cold_start', 'p50_s'), -3, r'plans\[0\]\.cold_start\.p50_s'),
    'storage-state-unknown': (('plans', 0, 'storage', 0, 'state'), 'asleep', r'plans\[0\]\.storage\[0\]\.state'),
    'offer-vram-text': (('plans', 0, 'offers', 0, 'vram_gb'), 'lots', r'plans\[0\]\.offers\[0\]\.vram_gb'),
    'offer-gpus-negative': (('plans', 0, 'offers', 0, 'gpus'), -8, r'plans\[0\]\.offers\[0\]\.gpus'),
    'offer-price-missing': (('plans', 0, 'offers', 0, 'price'), REMOVED, r'plans\[0\]\.offers\[0\]\.price'),
    'offer-member-unknown': (('plans', 0, 'offers', 0, 'ram_gb'), 64, r'plans\[0\]\.offers\[0\]\.ram_gb'),
    'residency-unknown': (('regions', 0, 'residency'), 'moon', r'regions\[0\]\.residency'),
    'proved-unknown': (('proved',), ['my-word'], r'proved\[0\]'),
    'connector-text': (('connector',), 'http', 'connector'),
}

ENTRIES = {
    'providers-missing': ((), {'version': 1}, 'providers'),
    'providers-object': (('providers',), {'runpod': {}}, 'providers'),
    'providers-text': (('providers',), 'runpod', 'providers'),
    'entry-null': (('providers', 1), None, r'providers\[1\]'),
    'entry-text': (('providers', 1), 'runpod', r'providers\[1\]'),
    'entry-empty': (('providers', 1), {}, r'providers\[1\]'),
    'entries-twice': (('providers',), 'TWICE', r'providers\[1\]'),
    'template-unknown': (('providers', 1, 'template_id'), 'skynet', r'providers\[1\]'),
    'template-path': (('providers', 1, 'template_id'), '../runpod', r'providers\[1\]'),
    'template-number': (('providers', 1, 'template_id'), 1, r'providers\[1\]\.template_id'),
    'entry-id-empty': (('providers', 1, 'id'), '', r'providers\[1\]\.id'),
    'entry-id-number': (('providers', 1, 'id'), 7, r'providers\[1\]\.id'),
    'entry-id-above': (('providers', 1, 'id'), '../../etc/passwd', r'providers\[1\]\.id'),
    'entry-id-absolute': (('providers', 1, 'id'), '/etc/passwd', r'providers\[1\]\.id'),
    'entry-id-line-feed': (('providers', 1, 'id'), 'a\nb', r'providers\[1\]\.id'),
    'entry-id-endless': (('providers', 1, 'id'), 'a' * 100000, r'providers\[1\]\.id'),
    'entry-name-number': (('providers', 1, 'name'), 5, r'providers\[1\]\.name'),
    'active-word': (('providers', 1, 'active'), 'yes', r'providers\[1\]\.active'),
    'priority-text': (('providers', 1, 'priority'), 'high', r'providers\[1\]\.priority'),
    'priority-fraction': (('providers', 1, 'priority'), 1.5, r'providers\[1\]\.priority'),
    'url-number': (('providers', 1, 'base_url'), 8080, r'providers\[1\]\.base_url'),
    'url-file': (('providers', 1, 'base_url'), 'file:///etc/passwd', r'providers\[1\]\.base_url'),
    'url-script': (('providers', 1, 'base_url'), 'javascript:alert(1)', r'providers\[1\]\.base_url'),
    'url-words': (('providers', 1, 'base_url'), 'not an address', r'providers\[1\]\.base_url'),
    'config-list': (('providers', 1, 'config'), ['api_key'], r'providers\[1\]\.config'),
    'config-value-object': (('providers', 1, 'config'), {'api_key': {'a': 1}}, r'providers\[1\]\.config\.api_key'),
    'config-unknown': (('providers', 1, 'config'), {'api_kee': 'rpa_test_good'}, r'providers\[1\]\.config\.api_kee'),
    'meta-list': (('providers', 1, 'meta'), [], r'providers\[1\]\.meta'),
    'entries-too-many': (('providers',), 'MANY', 'providers'),
}


def changed(document, path, value):
    """Returns a copy of document with the member at path replaced, or taken out."""
    if not path:
        return value
    result = copy.deepcopy(document)
    place = result
    for step in path[:-1]:
        place = place[step]
    if value == 'TWICE':
        place[path[-1]] = [place[path[-1]][0]] * 2
    elif value == 'MANY':
        place[path[-1]] = [{'template_id': 'runpod', 'id': f'runpod-{number}'} for number in range(100000)]
    elif value is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


def good_profile(source, name):
    """Returns a provider document without a mistake, whose id is the name of its file."""
    document = json.loads((source / 'resources' / 'catalog' / 'lambda.json').read_text(encoding='utf-8'))
    document['id'] = name
    return document


def good_registry():
    """Returns a registry without a mistake, and without a key, as there is no keyring."""
    return {
        'version': 1,
        'providers': [
            {'template_id': 'runpod', 'id': 'first', 'name': 'First'},
            {'template_id': 'runpod', 'id': 'second', 'name': 'Second', 'active': True, 'priority': 5, 'config': {'endpoint_id': 'generic01'},
             'meta': {}},
        ],
    }


def main():
    source, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    cases = []

    def write(command, name, content, where):
        path = folder / command / f'{name}.json'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        cases.append({'file': str(path), 'command': command, 'where': where})

    workload = json.loads((source / 'tests' / 'data' / 'workload-cg-batch.json').read_text(encoding='utf-8'))
    for name, (content, where) in RAW.items():
        write('any', name, content, where)
    for name, (path, value, where) in WORKLOADS.items():
        write('advise', name, changed(workload, path, value), where)
    for name, (path, value, where) in PROFILES.items():
        write('catalog', name, changed(good_profile(source, name), path, value), where)
    for name, (path, value, where) in ENTRIES.items():
        write('import', name, changed(good_registry(), path, value), where)

    # What the cases were made from must be taken: otherwise they prove nothing.
    for name, content in {'workload': workload, 'my-cloud': good_profile(source, 'my-cloud'), 'registry': good_registry()}.items():
        (folder / f'{name}.json').write_text(json.dumps(content), encoding='utf-8')
    (folder / 'cases.json').write_text(json.dumps(cases), encoding='utf-8')


if __name__ == '__main__':
    main()
