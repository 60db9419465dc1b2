# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of JSON Schema as the vendors' OpenAPI documents use."""

import re

from server import parse_iso

TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'null': type(None)}


def _is_type(value, name):
    if name == 'integer':
        return isinstance(value, int) and not isinstance(value, bool)
    if name == 'number':
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


class Document:
    def __init__(self, tree):
        self.tree = tree

    def resolve(self, schema):
        while '$ref' in schema:
            node = self.tree
            for part in schema['$ref'].lstrip('#/').split('/'):
                node = node[part]
            schema = node
        return schema

    def check(self, value, schema, path='$'):
        """Returns a list of mistakes, each as text."""
        schema = self.resolve(schema)
        if value is None and (schema.get('nullable') or not set(schema) - {'description'}):
            return []
        mistakes = []
        for part in schema.get('allOf', []):
            mistakes += self.check(value, part, path)
        for word in ('oneOf', 'anyOf'):
            if word in schema and all(self.check(value, part, path) for part in schema[word]):
                mistakes.append(path + ': fits none of ' + word)
        types = schema.get('type')
        types = [types] if isinstance(types, str) else types
        if types and not any(_is_type(value, name) for name in types):
            return mistakes + ['%s: is %r, not %s' % (path, value, '/'.join(types))]
        return mistakes + self._check_parts(value, schema, path)

    def _check_parts(self, value, schema, path):
        mistakes = []
        if 'enum' in schema and value not in schema['enum']:
            mistakes.append('%s: %r is not in the list' % (path, value))
        if isinstance(value, dict):
            mistakes += ['%s: lacks %s' % (path, name) for name in schema.get('required', []) if name not in value]
            known = schema.get('properties', {})
            for name, child in value.items():
                if name in known:
                    mistakes += self.check(child, known[name], '%s.%s' % (path, name))
                elif schema.get('additionalProperties') is False:
                    mistakes.append('%s: %s is not known' % (path, name))
        if isinstance(value, list) and 'items' in schema:
            for index, child in enumerate(value):
                mistakes += self.check(child, schema['items'], '%s[%d]' % (path, index))
        if isinstance(value, str):
            if schema.get('format') == 'date-time' and parse_iso(value) is None:
                mistakes.append('%s: %r is no date-time' % (path, value))
            if schema.get('format') == 'uri' and not re.match(r'[a-z]+:', value):
                mistakes.append('%s: %r is no address' % (path, value))
        return mistakes

    def check_answer(self, method, path, status, value):
        """An answer to a path as the document spells it."""
        responses = self.tree['paths'][path][method.lower()]['responses']
        response = responses.get(str(status)) or responses.get('default')
        if response is None:
            return ['%s %s: status %d is not documented' % (method, path, status)]
        content = self.resolve(response).get('content', {})
        media = content.get('application/json') or content.get('application/problem+json')
        return [] if media is None else self.check(value, media['schema'])

    def check_body(self, method, path, value):
        body = self.resolve(self.tree['paths'][path][method.lower()]['requestBody'])
        return self.check(value, body['content']['application/json']['schema'])
