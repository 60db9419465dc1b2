#!/usr/bin/python3
# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What document.py finds in exchanges that do not fit a document, and that it finds nothing in those that do."""

import copy
import json
import sys

from tap import Tap

TREE = {
    'openapi': '3.0.3', 'security': [{'key': []}],
    'components': {
        'securitySchemes': {'key': {'type': 'http', 'scheme': 'bearer'}},
        'schemas': {'Job': {'type': 'object', 'required': ['id'], 'properties': {
            'id': {'type': 'string'}, 'made': {'type': 'string', 'format': 'date-time'}, 'note': {'type': 'string', 'nullable': True}}}},
    },
    'paths': {
        '/jobs': {'post': {
            'operationId': 'make', 'parameters': [{'name': 'wait', 'in': 'query', 'schema': {'type': 'integer', 'maximum': 60}},
                                                  {'name': 'X-Version', 'in': 'header', 'required': True, 'schema': {'enum': ['1']}}],
            'requestBody': {'required': True, 'content': {'application/json': {'schema': {
                'type': 'object', 'required': ['input'], 'properties': {'input': {'type': 'object'}, 'tags': {'type': 'array', 'items': {'type': 'string'}}}}}}},
            'responses': {'200': {'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Job'}}}}}}},
        '/jobs/{id}': {'get': {'operationId': 'get', 'responses': {'200': {'description': ''}}}},
        '/jobs/own': {'get': {'operationId': 'own', 'responses': {'200': {'description': ''}}}},
    },
}
GOOD = {
    'request': {'method': 'POST', 'path': '/jobs', 'query': [['wait', '5']], 'headers': {'content-type': 'application/json', 'x-version': '1'},
                'scheme': 'Bearer', 'body': {'input': {'any': 1}, 'tags': ['a']}},
    'answer': {'status': 200, 'type': 'application/json', 'body': {'id': 'a', 'made': '2026-11-21T00:00:00Z', 'note': None}},
}
# Where something is wrong, what stands there, and a part of what is said of it.
WRONG = [
    ('request', 'query', [['wait', '90']], 'maximum'), ('request', 'query', [['wait', 'x']], 'not of type'), ('request', 'query', [['wiat', '5']], 'wiat is not known'),
    ('request', 'headers', {'content-type': 'application/json'}, 'lacks x-version'), ('request', 'headers', {'content-type': 'text/plain', 'x-version': '1'}, 'text/plain'),
    ('request', 'scheme', 'Basic', 'credentials'), ('request', 'body', None, 'missing'), ('request', 'body', {'tags': []}, "'input' is a required"),
    ('request', 'body', {'input': {}, 'colour': 1}, 'colour'), ('request', 'body', {'input': {}, 'tags': [1]}, 'not of type'),
    ('answer', 'status', 404, '404 is not known'), ('answer', 'type', 'text/html', 'text/html'), ('answer', 'body', {'id': 1}, 'not of type'),
    ('answer', 'body', {'id': 'a', 'made': 'today'}, 'date-time'), ('answer', 'body', {'id': 'a', 'invented': 1}, 'invented'),
]


def find_mistakes(document, record):
    record = copy.deepcopy(record)
    for part in record.values():
        part['body'] = None if part['body'] is None else json.dumps(part['body'])
    operation, values = document.find(record['request']['method'], record['request']['path'])
    return operation.check_request(record['request'], values) + operation.check_answer(record['answer'])


def main():
    try:
        from document import Document
    except ImportError as error:
        print('1..0 # SKIP python3-jsonschema is needed: %s' % error)
        return 0
    tap, document = Tap(), Document(TREE)
    tap.report('what fits', find_mistakes(document, GOOD))
    for part, member, value, told in WRONG:
        mistakes = find_mistakes(document, dict(GOOD, **{part: dict(GOOD[part], **{member: value})}))
        tap.report('%s %s %s' % (part, member, json.dumps(value)), [] if len(mistakes) == 1 and told in mistakes[0] else ['found: %s' % mistakes])
    names = [document.find(method, path)[0] for method, path in (('GET', '/jobs/own'), ('GET', '/jobs/7/'), ('GET', '/jobs'), ('GET', '/jobs/7/log'))]
    found = [operation and operation.name for operation in names]
    tap.report('paths', [] if found == ['own', 'get', None, None] else ['found: %s' % found])
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
