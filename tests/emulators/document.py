# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanges against a vendor's OpenAPI document. What a schema means is jsonschema's affair; here is what OpenAPI puts around it: paths, parameters,
media types, statuses, credentials."""

import copy
import datetime
import json
import re
import urllib.parse

import jsonschema

WORDS = ('allOf', 'anyOf', 'oneOf')
CHECKER = jsonschema.FormatChecker(formats=())
SHOWN = 3


@CHECKER.checks('date-time', raises=ValueError)
def _is_date_time(value):
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value).tzinfo is not None


@CHECKER.checks('uri')
def _is_uri(value):
    return not isinstance(value, str) or re.match(r'[a-z][a-z0-9+.-]*:\S+$', value) is not None


def _modernise(node):
    """Schemas of OpenAPI 3.0 in the words of 3.1, which are those of JSON Schema."""
    if isinstance(node, list):
        return [_modernise(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {name: _modernise(value) for name, value in node.items()}
    if node.pop('nullable', False) is True:
        if isinstance(node.get('type'), str):
            node['type'] = [node['type'], 'null']
        if 'enum' in node and None not in node['enum']:
            node['enum'] = node['enum'] + [None]
    return node


class Document:
    """A document, with what we know better: `amendments` are (JSON pointer, members to set there or None to remove, reason)."""

    def __init__(self, tree, amendments=()):
        self.tree = _modernise(tree) if tree['openapi'].startswith('3.0') else copy.deepcopy(tree)
        for pointer, members, _ in amendments:
            self._amend(self.resolve({'$ref': pointer}), members)
        self._close_everything()
        self.operations = [Operation(self, path, method, operation)
                           for path, item in self.tree['paths'].items() for method, operation in item.items()
                           if method in ('get', 'put', 'post', 'delete', 'patch', 'head')]
        # A path that is spelt out goes before one with names in it.
        self.operations.sort(key=lambda operation: operation.path.count('{'))

    def resolve(self, node):
        while '$ref' in node:
            target = self.tree
            for part in node['$ref'].lstrip('#/').split('/'):
                target = target[urllib.parse.unquote(part.replace('~1', '/').replace('~0', '~'))]
            node = target
        return node

    def _amend(self, schema, members):
        for name, value in members.items():
            if name == 'properties':
                schema.setdefault(name, {}).update(value)
            elif value is None:
                schema.pop(name, None)
            else:
                schema[name] = value

    def _close_everything(self):
        """Members that a schema does not name are mistakes, unless it says that others may be there."""
        components = self.tree.get('components', {})
        for schema in components.get('schemas', {}).values():
            self._close_parts(schema)
        operations = [operation for item in self.tree['paths'].values() for operation in item.values() if isinstance(operation, dict)]
        bodies = list(components.get('requestBodies', {}).values()) + list(components.get('responses', {}).values())
        bodies += [operation['requestBody'] for operation in operations if 'requestBody' in operation]
        bodies += [response for operation in operations for response in operation.get('responses', {}).values()]
        for media in [media for body in bodies for media in body.get('content', {}).values() if 'schema' in media]:
            self._close_parts(media['schema'])
            media['schema'] = self._close(media['schema'])

    def _close_parts(self, schema):
        for part in [part for word in WORDS for part in schema.get(word, [])]:
            self._close_parts(part)
        for members in (schema.get('properties', {}), schema):
            for name in members if members is not schema else ('items', 'additionalProperties'):
                if isinstance(members.get(name), dict):
                    self._close_parts(members[name])
                    members[name] = self._close(members[name])

    def _close(self, schema):
        return {'allOf': [schema], 'unevaluatedProperties': False} if self.names_all(schema) else schema

    def prepare(self, exchanges):
        """Nothing: each is looked at by itself."""

    def find(self, method, path):
        """The operation that is asked for, and the values of the names in its path; or None."""
        for operation in self.operations:
            match = operation.pattern.fullmatch(path)
            if match is not None and operation.method == method:
                return operation, [urllib.parse.unquote(value) for value in match.groups()]
        return None, []

    def check(self, value, schema, where):
        """The mistakes of a value, each as text."""
        whole = dict(self.tree, **{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'allOf': [schema]})
        errors = list(jsonschema.Draft202012Validator(whole, format_checker=CHECKER).iter_errors(value))
        # A schema that does not hold has looked at nothing, so that everything seems unknown.
        errors = [error for error in errors if error.validator != 'unevaluatedProperties'] or errors
        errors = [jsonschema.exceptions.best_match([error]) for error in errors if not any(_is_within(other, error) for other in errors)]
        return ['%s%s: %s' % (where, error.json_path[1:], error.message[:300]) for error in errors[:SHOWN]]

    def names_all(self, schema):
        """Does it name all members of the object, in each of its alternatives?"""
        schema = self.resolve(schema)
        parts = [part for word in WORDS for part in schema.get(word, [])]
        if 'properties' in schema:
            return 'additionalProperties' not in schema
        return bool(parts) and all(self.names_all(part) for part in parts)


class Operation:
    def __init__(self, document, path, method, tree):
        self.document = document
        self.path = path.rstrip('/')
        self.method = method.upper()
        self.tree = tree
        self.name = tree.get('operationId') or '%s %s' % (self.method, path)
        self.pattern = re.compile(''.join(['([^/]+)' if part.startswith('{') else re.escape(part)
                                             for part in re.split(r'(\{[^}]+\})', self.path)]) + '/?')
        shared = document.tree['paths'][path].get('parameters', [])
        self.parameters = [document.resolve(parameter) for parameter in shared + tree.get('parameters', [])]

    def check_request(self, request, values):
        names = re.findall(r'\{([^}]+)\}', self.path)
        mistakes = self._check_parameters('path', list(zip(names, values)))
        mistakes += self._check_parameters('query', [tuple(pair) for pair in request['query']])
        headers = {parameter['name'].lower() for parameter in self.parameters if parameter['in'] == 'header'}
        mistakes += self._check_parameters('header', [pair for pair in request['headers'].items() if pair[0] in headers])
        return mistakes + self._check_credentials(request) + self._check_body(request)

    def _check_parameters(self, place, pairs):
        mistakes = []
        known = {parameter['name'].lower() if place == 'header' else parameter['name']: parameter
                 for parameter in self.parameters if parameter['in'] == place}
        asked = {}
        for name, value in pairs:
            asked.setdefault(name if name in known else re.sub(r'\[\]$', '', name), []).append(value)
        for name, given in asked.items():
            if name not in known:
                mistakes.append('%s: %s is not known' % (place, name))
            else:
                mistakes += self._check_parameter(place, known[name], given)
        return mistakes + ['%s: lacks %s' % (place, name) for name, parameter in known.items() if parameter.get('required') and name not in asked]

    def _check_parameter(self, place, parameter, given):
        schema = parameter.get('schema', {})
        types = self._get_types(schema)
        where = '%s %s' % (place, parameter['name'])
        if 'array' in types:
            if not parameter.get('explode', place == 'query'):
                given = given[0].split(',')
            inner = self._get_types(self.document.resolve(schema).get('items', {}))
            return self.document.check([_read(text, inner) for text in given], schema, where)
        return self.document.check(_read(given[-1], types), schema, where)

    def _get_types(self, schema):
        schema = self.document.resolve(schema)
        types = schema.get('type', [])
        found = {types} if isinstance(types, str) else set(types)
        return found.union(*[self._get_types(part) for word in WORDS for part in schema.get(word, [])])

    def _check_credentials(self, request):
        wanted = self.tree.get('security', self.document.tree.get('security', []))
        schemes = self.document.tree.get('components', {}).get('securitySchemes', {})
        for choice in wanted:
            if all(_carries(request, schemes[name]) for name in choice):
                return []
        return ['the credentials are not those of the document'] if wanted else []

    def _check_body(self, request):
        body = self.document.resolve(self.tree.get('requestBody', {}))
        media_type = request['headers'].get('content-type', '').split(';')[0]
        if not request['body']:
            return ['the body is missing'] if body.get('required') else []
        if media_type not in body.get('content', {}):
            return ['a body of type "%s" is not known' % media_type]
        if media_type != 'application/json':
            return []
        return self.document.check(json.loads(request['body']), body['content'][media_type].get('schema', {}), 'body')

    def tells_of(self, status):
        """The response of that status, or None."""
        responses = self.tree['responses']
        return responses.get(str(status)) or responses.get(str(status)[0] + 'XX') or responses.get('default')

    def check_answer(self, answer):
        response = self.tells_of(answer['status'])
        if response is None:
            return ['status %d is not known' % answer['status']]
        content = self.document.resolve(response).get('content')
        if not content or not answer['body']:
            return ['the answer is empty'] if content else []
        media_type = answer['type'].split(';')[0]
        if media_type not in content:
            return ['an answer of type "%s" is not known' % media_type]
        if not media_type.endswith('json'):
            return []
        return self.document.check(json.loads(answer['body']), content[media_type].get('schema', {}), 'answer')


def _is_within(inner, outer):
    """What is wrong further in is the reason of what is wrong further out."""
    return len(inner.absolute_path) > len(outer.absolute_path) and list(inner.absolute_path)[:len(outer.absolute_path)] == list(outer.absolute_path)


def _carries(request, scheme):
    if scheme['type'] == 'http':
        return request['scheme'].lower() == scheme['scheme'].lower()
    if scheme['type'] == 'apiKey' and scheme['name'].lower() == 'authorization':
        return request['scheme'] != ''
    return scheme['type'] == 'apiKey' and scheme['name'].lower() in request['headers']


def _read(text, types):
    """A parameter's text as the value that it stands for."""
    if types & {'integer', 'number'} and re.fullmatch(r'-?\d+(\.\d+)?', text):
        return float(text) if '.' in text else int(text)
    if 'boolean' in types and text in ('true', 'false'):
        return text == 'true'
    return text
