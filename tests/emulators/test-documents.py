#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the emulator's answers, and the bodies that our manifests send, against the vendors' own OpenAPI documents. Those may not be shipped:
they are looked for in the folder named by STOKER_SHARED, else in ../shared beside the source; without them the test is skipped."""

import json
import os
import sys

from openapi import Document
from session import FOLDER, ask, emulator

ROOT = os.path.dirname(os.path.dirname(FOLDER))
SPECS = os.path.join(os.environ.get('STOKER_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared'), 'specs')
GOOD = {'runpod': 'rpa_test_good', 'replicate': 'r8_test_good'}


def load(name):
    with open(os.path.join(SPECS, name), encoding='utf-8') as file:
        if name.endswith('.json'):
            return Document(json.load(file))
        import yaml
        return Document(yaml.load(file, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader)))


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = False

    def report(self, name, mistakes):
        self.count += 1
        self.failed = self.failed or bool(mistakes)
        print('%sok %d %s' % ('not ' if mistakes else '', self.count, name))
        for mistake in mistakes:
            print('# ' + mistake)


def check_runpod(tap, root):
    document = load('runpod.v2.openapi.json')
    api = root + '/runpod'

    def answer(name, path, query='', key=GOOD['runpod'], expected=200):
        status, _, value = ask('GET', api + path + query, key)
        mistakes = [] if status == expected else ['status is %d' % status]
        tap.report('runpod: ' + name, mistakes + document.check_answer('GET', path, status, value))

    answer('catalogue', '/v2/catalog/gpus')
    answer('catalogue with availability', '/v2/catalog/gpus', '?include=AVAILABILITY&product=SERVERLESS')
    answer('catalogue with a wrong question', '/v2/catalog/gpus', '?include=AVAILABILITY', expected=400)
    answer('wrong key', '/v2/catalog/gpus', key='rpa_wrong', expected=401)
    answer('too many requests', '/v2/catalog/gpus', key='rpa_test_busy', expected=429)
    answer('pods', '/v2/pods')


def render_body(template, payload, version):
    """The JSON body of a step as the engine makes it, for this small set of names."""
    values = {'${job.payload}': payload, '${config.version}': version}
    return {name: values[value] for name, value in template.items()}


def check_replicate(tap, root):
    document = load('replicate.openapi.yaml')
    api = root + '/replicate/v1'

    def answer(name, method, path, at=None, body=None, key=GOOD['replicate'], expected=200):
        status, _, value = ask(method, api + (at or path), key, body)
        mistakes = [] if status == expected else ['status is %d' % status]
        if status < 400:
            mistakes += document.check_answer(method, path, status, value)
        tap.report('replicate: ' + name, mistakes)
        return value

    def control(order):
        ask('POST', root + '/_control', body=order)

    with open(os.path.join(ROOT, 'resources', 'catalog', 'replicate.json'), encoding='utf-8') as file:
        steps = json.load(file)['connector']['operations']['submit']['steps']
    bodies = {step['url']: step['body']['json'] for step in steps if 'url' in step}
    version = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b'
    by_version = render_body(bodies['${base.api}/predictions'], {'prompt': 'x'}, version)
    by_model = render_body(bodies['${base.api}/models/${step.owner}/${step.name}/predictions'], {'prompt': 'x'}, version)
    model_path = '/models/{model_owner}/{model_name}/predictions'
    tap.report('replicate: our body for a version', document.check_body('POST', '/predictions', by_version))
    tap.report('replicate: our body for a model', document.check_body('POST', model_path, by_model))

    control({'speed': 0.0001})
    answer('account', 'GET', '/account')
    answer('hardware', 'GET', '/hardware')
    answer('wrong token', 'GET', '/account', key='r8_wrong', expected=401)
    created = answer('create for a model', 'POST', model_path, '/models/black-forest-labs/flux-schnell/predictions', by_model, expected=201)
    answer('create for a version', 'POST', '/predictions', body=by_version, expected=201)
    one, path = '/predictions/' + created['id'], '/predictions/{prediction_id}'
    answer('starting', 'GET', path, one)
    control({'advance': 10})
    answer('processing', 'GET', path, one)
    control({'advance': 30})
    answer('succeeded', 'GET', path, one)
    answer('list', 'GET', '/predictions')
    control({'advance': 4000, 'next': {'fail': 'it broke'}})
    answer('data removed', 'GET', path, one)
    failed = answer('create another', 'POST', '/predictions', body=by_version, expected=201)
    control({'advance': 60})
    answer('failed', 'GET', path, '/predictions/' + failed['id'])
    other = answer('create a third', 'POST', '/predictions', body=by_version, expected=201)
    answer('cancel', 'POST', path + '/cancel', '/predictions/%s/cancel' % other['id'])


def read_step(provider, method, end):
    """The first step of `submit`, also of those within `each`, whose address ends so."""
    with open(os.path.join(ROOT, 'resources', 'catalog', provider + '.json'), encoding='utf-8') as file:
        steps = json.load(file)['connector']['operations']['submit']['steps']
    while steps:
        step = steps.pop(0)
        if step.get('method') == method and step['url'].endswith(end):
            return step
        steps += step.get('steps', [])
    raise KeyError(end)


def fill(tree, values):
    """A body with a value for each text that is a name as a whole, without the members that have none."""
    if isinstance(tree, dict):
        filled = {name: fill(value, values) for name, value in tree.items()}
        return {name: value for name, value in filled.items() if value is not None}
    if isinstance(tree, list):
        return [fill(value, values) for value in tree]
    is_name = isinstance(tree, str) and tree.startswith('${') and tree.endswith('}')
    return values.get(tree) if is_name else tree


def check_vast(tap, root):
    document = load('vast.openapi.yaml')
    api = root + '/vast'
    body = fill(read_step('vast', 'PUT', '/asks/${step.offer.id}/')['body']['json'],
                {'${job.payload.image}': 'debian', '${step.disk}': 40, '${job.token}': 'stoker-1', '${step.bid}': 0.5})

    def answer(name, method, path, at=None, body=None, key='vast_test_good', expected=200):
        status, _, value = ask(method, api + (at or path) + '/', key, body)
        mistakes = [] if status == expected else ['status is %d' % status]
        tap.report('vast: ' + name, mistakes + document.check_answer(method, path, status, value))
        return value

    answer('account', 'GET', '/api/v0/users/current')
    search = fill(read_step('vast', 'POST', '/bundles/')['body']['json'],
                  {'${step.type|ondemand}': 'ondemand', '${step.disk}': 40, '${step.vram_mb}': 20000, '${step.reliability}': 0.95,
                   '${step.ceiling}': 0.6, '${step.gpu_filter}': {'eq': 'RTX 4090'}, '${step.place_filter}': {'in': ['US']}})
    tap.report('vast: our search', document.check_body('POST', '/api/v0/bundles', search))
    answer('offers', 'POST', '/api/v0/bundles', body=search)
    tap.report('vast: our order', document.check_body('PUT', '/api/v0/asks/{id}', body))
    answer('an offer that is gone', 'PUT', '/api/v0/asks/{id}', '/api/v0/asks/7001', body, expected=404)
    one = '/%d' % answer('rent', 'PUT', '/api/v0/asks/{id}', '/api/v0/asks/7002', body)['new_contract']
    answer('instance', 'GET', '/api/v0/instances/{id}', '/api/v0/instances' + one)
    answer('instances', 'GET', '/api/v1/instances')
    answer('log', 'PUT', '/api/v0/instances/request_logs/{id}', '/api/v0/instances/request_logs' + one, {'tail': '1000'})
    answer('stop', 'PUT', '/api/v0/instances/{id}', '/api/v0/instances' + one, {'state': 'stopped'})
    answer('destroy', 'DELETE', '/api/v0/instances/{id}', '/api/v0/instances' + one)
    answer('destroy again', 'DELETE', '/api/v0/instances/{id}', '/api/v0/instances' + one, expected=404)


def check_lambda(tap, root):
    document = load('lambda.openapi.json')
    good = 'lambda_test_good'
    body = fill(read_step('lambda', 'POST', '/launch')['body']['json'],
                {'${step.place.name}': 'us-east-1', '${step.instance_type}': 'gpu_1x_a10', '${step.ssh_key}': 'my-public-key',
                 '${job.token}': 'stoker-1'})

    def answer(name, method, path, at=None, body=None, key=good, expected=200):
        status, _, value = ask(method, root + '/lambda' + (at or path), key, body)
        mistakes = [] if status == expected else ['status is %d' % status]
        tap.report('lambda: ' + name, mistakes + document.check_answer(method, path, status, value))
        return value

    launch, terminate = '/api/v1/instance-operations/launch', '/api/v1/instance-operations/terminate'
    answer('wrong key', 'GET', '/api/v1/instances', key='wrong', expected=401)
    answer('SSH keys', 'GET', '/api/v1/ssh-keys')
    answer('instance types', 'GET', '/api/v1/instance-types')
    tap.report('lambda: our order', document.check_body('POST', launch, body))
    answer('no capacity', 'POST', launch, body=dict(body, region_name='us-west-1'), expected=400)
    answer('quota', 'POST', launch, body=body, key='lambda_test_poor', expected=400)
    for name, value in {'$$': '$', '${config.report_url}': 'https://files.example.com/1', '${step.command}': 'dHJ1ZQ=='}.items():
        body['user_data'] = body['user_data'].replace(name, value)
    one = answer('launch', 'POST', launch, body=body)['data']['instance_ids'][0]
    answer('instance', 'GET', '/api/v1/instances/{id}', '/api/v1/instances/' + one)
    answer('instances', 'GET', '/api/v1/instances')
    answer('unknown instance', 'GET', '/api/v1/instances/{id}', '/api/v1/instances/none', expected=404)
    tap.report('lambda: our end', document.check_body('POST', terminate, {'instance_ids': [one]}))
    answer('terminate', 'POST', terminate, body={'instance_ids': [one]})
    answer('terminated', 'GET', '/api/v1/instances/{id}', '/api/v1/instances/' + one)

def main():
    if not os.path.isfile(os.path.join(SPECS, 'runpod.v2.openapi.json')):
        print("1..0 # SKIP the vendors' documents are not here; STOKER_SHARED names the folder that has specs/")
        return 0
    tap = Tap()
    with emulator() as root:
        check_runpod(tap, root)
        check_lambda(tap, root)
        try:
            import yaml  # noqa: F401
        except ImportError:
            print('# replicate, vast: PyYAML is not installed')
        else:
            check_replicate(tap, root)
            check_vast(tap, root)
    print('1..%d' % tap.count)
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
