# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules about one C file. Each yields mistakes as (rule, what, line, message)."""
import pathlib
import re

LIMITS = {
    # rule: (budget, limit that nobody may pass, unit)
    'function-length': (60, 100, 'lines'),
    'nesting': (4, 4, 'levels'),
    'parameters': (7, 7, 'parameters'),
    'source-length': (600, 900, 'lines'),
    'header-length': (200, 200, 'lines'),
    'includes': (15, 15, 'includes of the project'),
}
WAIVABLE = {'function-length', 'nesting', 'parameters', 'source-length', 'header-length', 'includes'}

FORBIDDEN_WORDS = {
    'goto': 'use g_autoptr and return',
    'gchar': 'write char',
    'gint': 'write int',
    'gfloat': 'write float',
    'gdouble': 'write double',
}
FORBIDDEN_CALLS = {
    'g_print': 'write to the stream that is meant',
    'g_error': 'it ends the program: return a GError',
}
# A property of GTK's windows that is called like a provider.
GTK_WORDS = {'modal'}
EMPTY_NAMES = ('-manager', '-utils', '-helper', '-common')

# Which folders of src/ a layer may include headers of, beside its own.
MAY_SEE = {
    'base': (),
    'core': ('base',),
    'advisor': ('base', 'core'),
    'net': ('base', 'core'),
    'manifest': ('base', 'core', 'net'),
    'engine': ('base', 'core', 'net', 'manifest'),
    'exec': ('base', 'core'),
    'store': ('base', 'core'),
    'secrets': ('base', 'core'),
    'connectors': ('base', 'core', 'net', 'manifest', 'engine', 'exec'),
    'services': ('base', 'core', 'advisor', 'net', 'exec', 'store', 'secrets', 'connectors/*'),
    'api': ('base', 'core', 'advisor', 'services', 'net'),
    'cli': ('base', 'core', 'advisor', 'services'),
    'ui': ('base', 'core', 'advisor', 'services'),
    'program': ('base', 'core', 'advisor', 'services', 'api', 'cli', 'ui'),
}

# Libraries that only some layers may know.
LIBRARIES = {
    r'sqlite3\.h': ('store',),
    r'libsoup/': ('net', 'engine', 'api'),
    r'libsecret/': ('secrets',),
    r'gnutls/': ('net',),
    r'libxml/': ('base', 'net', 'connectors'),
    r'yaml\.h': ('base',),
    r'(gtk|gdk|gsk)/|adwaita\.h': ('ui', 'program'),
}


def check_sizes(name, source):
    """Lengths, nesting, parameters and includes."""
    yield from _over('header-length' if name.endswith('.h') else 'source-length', '-', 1, source.lines)
    for function in source.functions():
        yield from _over('function-length', function.name, function.line, function.lines)
        yield from _over('nesting', function.name, function.line, function.nesting)
        yield from _over('parameters', function.name, function.line, function.parameters)
    if name.endswith('.c'):
        own = [include for include in source.includes() if include.is_quoted and include.name != 'config.h']
        yield from _over('includes', '-', 1, len(own))


def _over(rule, what, line, count):
    budget, limit, unit = LIMITS[rule]
    if count > budget:
        yield rule if count <= limit or budget == limit else f'{rule}-limit', what, line, f'{count} {unit}, at most {budget}'


def check_words(name, source):
    """Words and calls that the house style does without."""
    for word, line in source.words():
        if word in FORBIDDEN_WORDS:
            yield 'word', word, line, f'{word}: {FORBIDDEN_WORDS[word]}'
    for call, line in source.calls():
        if call in FORBIDDEN_CALLS:
            yield 'call', call, line, f'{call}: {FORBIDDEN_CALLS[call]}'
        if call.startswith('json_object_get_') and name.startswith('src/') and not name.startswith('src/base/'):
            yield 'call', call, line, f'{call}: use the typed getters of stoker-json.h'


def check_includes(name, source):
    """Paths in includes, private headers and the libraries of other layers."""
    layer = name.split('/')[1] if name.startswith('src/') else ''
    for include in source.includes():
        if include.is_quoted and '/' in include.name:
            yield 'include-path', include.name, include.line, f'"{include.name}": name the file alone'
        if include.is_quoted or not layer:
            continue
        for pattern, layers in LIBRARIES.items():
            if re.match(pattern, include.name) and layer not in layers:
                yield 'library', include.name, include.line, f'<{include.name}> belongs to {" and ".join(layers)}'


def check_headers_seen(name, source, headers):
    """Headers of other layers; headers maps the name of each header of src/ to its folder below src/."""
    folder = str(pathlib.PurePath(name).parent)
    for include in source.includes():
        home = headers.get(include.name) if include.is_quoted else None
        if home is None:
            continue
        mirrors = folder in (f'src/{home}', f'tests/{home}')
        if include.name.endswith('-private.h') and not mirrors:
            yield 'private', include.name, include.line, f'"{include.name}" is private to src/{home}'
        elif name.startswith('src/') and not _may_see(folder[len('src/'):], home):
            yield 'layer', include.name, include.line, f'"{include.name}" of {home} is not for {folder}'


def _may_see(folder, home):
    layer = folder.split('/')[0]
    if layer == 'connectors':
        # A connector sees the floor below and itself, never its neighbours.
        is_own = folder == home or home == 'connectors' or folder.startswith(home + '/') or home.startswith(folder + '/')
        return is_own or home.split('/')[0] in MAY_SEE['connectors']
    floors = MAY_SEE.get(layer, ())
    return home.split('/')[0] == layer or home.split('/')[0] in floors or f'{home.split("/")[0]}/*' in floors


def check_name(name):
    """File names that say nothing."""
    stem = pathlib.PurePath(name).stem
    for ending in EMPTY_NAMES:
        if stem.endswith(ending) or stem.endswith(ending + '-private'):
            yield 'name', stem, 1, f'{stem}: "{ending}" says nothing, find the noun'


def check_provider_ids(name, source, provider_ids, class_names):
    """Providers are data: no code asks for one by its id. Connector classes carry names of their own, some of them the same."""
    if not name.startswith('src/'):
        return
    for text, line in source.strings():
        if text in GTK_WORDS and name.startswith('src/ui/'):
            continue
        if text in provider_ids and text not in class_names:
            yield 'provider-id', text, line, f'"{text}" is a provider: put what is special about it into its document'


def waived_rules(source):
    """Returns the rules that comments of the form "Waiver of RULE: reason." in this file ask for."""
    return set(re.findall(r'Waiver of ([a-z-]+): \w', ' '.join(token.text for token in source.comments)))
