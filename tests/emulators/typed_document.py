# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vendor's OpenAPI document of which only the TypeScript types are public (as openapi-typescript writes them). What was sent and answered becomes a program,
a value a line, and TypeScript's own compiler says which do not have their type."""

import json
import os
import re
import subprocess
import tempfile

HEAD = """import type { paths } from './document';
// The dates of such types have lost that they may be null.
type Json<T> = T extends Date ? string | null : T extends readonly (infer U)[] ? Json<U>[] : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Content<T> = T extends { content: { readonly 'application/json': infer B } } ? Json<B> : undefined;
type Body<O> = O extends { requestBody?: infer R } ? Content<R> : undefined;
type Query<O> = O extends { parameters: { query?: infer Q } } ? { [K in keyof Q]: Q[K] extends number | undefined ? `${number}` : Q[K] } : undefined;
type Answer<O, S> = O extends { responses: infer R } ? (S extends keyof R ? Content<R[S]> : R extends { default: infer D } ? Content<D> : never) : never;
"""
COMPILE = ['--noEmit', '--strict', '--pretty', 'false', '--skipLibCheck', '--target', 'es2022', '--moduleResolution', 'bundler', '--module', 'es2022']


class TypedDocument:
    def __init__(self, text, compiler):
        self.text = text
        self.compiler = compiler
        self.operations = []
        self.mistakes = {}
        body = text[text.index('export interface paths {'):text.index('export interface components')]
        for path, methods in re.findall(r'^  "(/[^"]*)": \{\n(.*?)^  \};', body, re.MULTILINE | re.DOTALL):
            self.operations += [TypedOperation(self, path, method, name)
                                for method, name in re.findall(r'^    (get|put|post|delete|patch): operations\["([^"]+)"\]', methods, re.MULTILINE)]
        self.operations.sort(key=lambda operation: operation.path.count('{'))

    def find(self, method, path):
        for operation in self.operations:
            if operation.method == method and operation.pattern.fullmatch(path):
                return operation, []
        return None, []

    def prepare(self, exchanges):
        """Lets the compiler look at all of them at once."""
        lines, places = HEAD.splitlines(), []
        for operation, record in exchanges:
            for place, line in operation.make_lines(record, len(lines)):
                lines.append(line)
                places.append((len(lines), id(record[place])))
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (('document.ts', self.text), ('check.ts', '\n'.join(lines) + '\n')):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                    file.write(text)
            done = subprocess.run([self.compiler] + COMPILE + [os.path.join(folder, 'check.ts')], capture_output=True, text=True, check=False, timeout=200)
        known = dict(places)
        for number, mistake in re.findall(r'check\.ts\((\d+),\d+\): error (.*)', done.stdout):
            self.mistakes.setdefault(known[int(number)], []).append(mistake[:300])
        if done.returncode != 0 and not self.mistakes:
            raise RuntimeError(done.stdout + done.stderr)


class TypedOperation:
    def __init__(self, document, path, method, name):
        self.document = document
        self.path = path
        self.method = method.upper()
        self.name = name
        self.type = "paths['%s']['%s']" % (path, method)
        self.pattern = re.compile(''.join('[^/]+' if part.startswith('{') else re.escape(part) for part in re.split(r'(\{[^}]+\})', path)))
        block = document.text[re.search(r'\n  "?%s"?: \{' % re.escape(name), document.text).start():]
        responses = block[block.index('responses: {'):block.index('\n  };')]
        self.statuses = set(re.findall(r'^      (\d{3}|default): ', responses, re.MULTILINE))

    def make_lines(self, record, number):
        request, answer = record['request'], record['answer']
        yield 'request', 'const b%d: Body<%s> = %s;' % (number, self.type, request['body'] or 'undefined')
        yield 'request', 'const q%d: Query<%s> = %s;' % (number, self.type, json.dumps(dict(request['query'])) if request['query'] else '{} as any')
        if self.tells_of(answer['status']):
            yield 'answer', 'const a%d: Answer<%s, %d> = %s;' % (number, self.type, answer['status'], answer['body'] or 'undefined')

    def tells_of(self, status):
        return bool(self.statuses & {str(status), 'default'})

    def check_request(self, request, _values):
        return self.document.mistakes.get(id(request), []) + ([] if request['scheme'] == 'Bearer' else ['the credentials are not those of the document'])

    def check_answer(self, answer):
        return self.document.mistakes.get(id(answer), []) if self.tells_of(answer['status']) else ['status %d is not known' % answer['status']]
