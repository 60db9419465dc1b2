# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads C far enough to measure it: tokens, functions with their parameters and nesting, includes, strings."""
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r'''
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>'(?:\\.|[^'\\\n])*')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
  | (?P<sign>[^\s\w])
    ''',
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
OPENING = {'(': ')', '[': ']', '{': '}'}


@dataclass
class Token:
    """One token, and the line it starts on."""

    kind: str
    text: str
    line: int


@dataclass
class Function:
    """The definition of a function."""

    name: str
    line: int
    lines: int
    parameters: int
    nesting: int


@dataclass
class Include:
    """An include of a file."""

    name: str
    line: int
    is_quoted: bool


class Source:
    """A C file taken apart."""

    def __init__(self, text):
        self.text = text
        self.lines = text.count('\n') + (0 if text.endswith('\n') or not text else 1)
        everything = _tokens(text)
        self.comments = [token for token in everything if token.kind == 'comment']
        self.directives = [token for token in everything if token.kind == 'directive']
        self.code = [token for token in everything if token.kind not in ('comment', 'directive')]

    def includes(self):
        """Returns the #include lines."""
        found = []
        for token in self.directives:
            match = re.match(r'\s*#\s*include\s*(?:"([^"]*)"|<([^>]*)>)', token.text)
            if match:
                found.append(Include(match[1] or match[2], token.line, match[1] is not None))
        return found

    def strings(self):
        """Returns the string literals of the code, those of macros too, as (text without quotes, line)."""
        found = [(token.text[1:-1], token.line) for token in self.code if token.kind == 'string']
        for token in self.directives:
            if not re.match(r'\s*#\s*(include|error|pragma)', token.text):
                found += [(match[1:-1], token.line) for match in re.findall(r'"(?:\\.|[^"\\\n])*"', token.text)]
        return found

    def words(self):
        """Returns the identifiers and keywords of the code, those of macros too, as (word, line)."""
        found = [(token.text, token.line) for token in self.code if token.kind == 'word']
        for token in self.directives:
            if not re.match(r'\s*#\s*(include|error|pragma)', token.text):
                body = re.sub(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/', ' ', token.text, flags=re.DOTALL)
                found += [(word, token.line) for word in re.findall(r'[A-Za-z_]\w*', body)[1:]]
        return found

    def calls(self):
        """Returns the words that an opening parenthesis follows, as (word, line)."""
        pairs = zip(self.code, self.code[1:])
        return [(token.text, token.line) for token, after in pairs if token.kind == 'word' and after.text == '(']

    def functions(self):
        """Returns the functions that are defined."""
        found, index, code = [], 0, self.code
        while index < len(code):
            if code[index].text == '{':
                end = _skip(code, index)
                opening = _parameter_list(code, index)
                if opening is not None:
                    found.append(_function(code, opening, index, end))
                index = end
            elif code[index].text in '([':
                index = _skip(code, index)
            else:
                index += 1
        return found


def _tokens(text):
    tokens, line, position = [], 1, 0
    for match in TOKEN.finditer(text):
        line += text.count('\n', position, match.start())
        position = match.start()
        tokens.append(Token(match.lastgroup, match.group(), line))
    return tokens


def _skip(code, index):
    """Returns the index after the bracket that closes the one at index."""
    depth = 0
    while index < len(code):
        if code[index].kind == 'sign' and code[index].text in '([{':
            depth += 1
        elif code[index].kind == 'sign' and code[index].text in ')]}':
            depth -= 1
            if depth == 0:
                return index + 1
        index += 1
    return index


def _parameter_list(code, brace):
    """Returns the index of the parenthesis before a function's body, or None when the brace begins something else."""
    index = brace - 1
    if index < 1 or code[index].text != ')':
        return None
    depth = 0
    while index >= 0:
        if code[index].text == ')':
            depth += 1
        elif code[index].text == '(':
            depth -= 1
            if depth == 0:
                return index if index > 0 and code[index - 1].kind == 'word' else None
        index -= 1
    return None


def _function(code, opening, brace, end):
    name = code[opening - 1]
    parser = _Nesting(code)
    parser.statement(brace, 0)
    return Function(
        name=name.text,
        line=name.line,
        lines=code[end - 1].line - name.line + 1,
        parameters=_count_parameters(code[opening:brace]),
        nesting=parser.deepest,
    )


def _count_parameters(tokens):
    inside, depth, commas = tokens[1:-1], 0, 0
    if not inside or [token.text for token in inside] == ['void']:
        return 0
    for token in inside:
        if token.text in OPENING:
            depth += 1
        elif token.text in OPENING.values():
            depth -= 1
        elif token.text == ',' and depth == 0:
            commas += 1
    return commas + 1


class _Nesting:
    """Walks the statements of a function and notes how many loops and conditions enclose the innermost one."""

    def __init__(self, code):
        self.code = code
        self.deepest = 0

    def statement(self, index, depth):
        """Reads the statement at index and returns the index after it."""
        self.deepest = max(self.deepest, depth)
        if index >= len(self.code):
            return index
        token = self.code[index]
        if token.text == '{':
            return self._block(index, depth)
        if token.text == 'if':
            return self._condition(index, depth)
        if token.text in ('for', 'while', 'switch'):
            return self.statement(_skip(self.code, index + 1), depth + 1)
        if token.text == 'do':
            return self._expression(self.statement(index + 1, depth + 1))
        if token.text in ('case', 'default') or (token.kind == 'word' and self._text(index + 1) == ':'):
            return self._label(index)
        return self._expression(index)

    def _text(self, index):
        return self.code[index].text if index < len(self.code) else ''

    def _block(self, index, depth):
        index += 1
        while index < len(self.code) and self.code[index].text != '}':
            index = self.statement(index, depth)
        return index + 1

    def _condition(self, index, depth):
        index = self.statement(_skip(self.code, index + 1), depth + 1)
        if self._text(index) != 'else':
            return index
        is_chain = self._text(index + 1) == 'if'
        return self.statement(index + 1, depth if is_chain else depth + 1)

    def _label(self, index):
        while index < len(self.code) and self.code[index].text != ':':
            index = _skip(self.code, index) if self.code[index].text in OPENING else index + 1
        return index + 1

    def _expression(self, index):
        while index < len(self.code) and self.code[index].text not in (';', '}'):
            index = _skip(self.code, index) if self.code[index].text in OPENING else index + 1
        return index + 1 if self._text(index) == ';' else index
