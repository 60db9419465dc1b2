#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wrong include does not compile: test-layers.py SOURCE_ROOT BUILD_ROOT

Takes the compiler's arguments for one file of each layer and compiles includes with them: what the layer may see must be found,
what it must never see must not. (sqlite3.h lies where every program finds it; test-c-style.py looks after that one.)
"""
from concurrent.futures import ThreadPoolExecutor

import project
from tap import Report

GTK = ['<gtk/gtk.h>', '<adwaita.h>']
SOUP = ['<libsoup/soup.h>']
SECRET = ['<libsecret/secret.h>']
CONNECTORS = ['"stoker-http-connector.h"', '"stoker-local-connector.h"', '"stoker-simulated-connector.h"']

# layer: (what it may see, what it must never see)
LAYERS = {
    'base': (
        ['"stoker-error.h"', '<json-glib/json-glib.h>'],
        ['"stoker-job.h"', '"stoker-advisor.h"', '"stoker-store.h"', *SOUP, *SECRET, *GTK],
    ),
    'core': (
        ['"stoker-job.h"', '"stoker-money.h"'],
        ['"stoker-advisor.h"', '"stoker-http-client.h"', '"stoker-store.h"', '"stoker-secret-store.h"', *SOUP, *SECRET, *GTK],
    ),
    'advisor': (
        ['"stoker-advisor.h"', '"stoker-workload.h"', '"stoker-money.h"'],
        ['"stoker-http-client.h"', '"stoker-store.h"', '"stoker-process.h"', *SOUP, *SECRET, *GTK],
    ),
    'net': (
        ['"stoker-http-client.h"', '"stoker-error.h"', *SOUP],
        ['"stoker-manifest.h"', '"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', *SECRET, *GTK],
    ),
    'manifest': (
        ['"stoker-manifest.h"', '"stoker-profile.h"', '"stoker-answer.h"'],
        ['"stoker-run.h"', '"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', '"stoker-process.h"', *CONNECTORS, *SECRET, *GTK],
    ),
    'engine': (
        ['"stoker-run.h"', '"stoker-manifest.h"', '"stoker-http-client.h"'],
        ['"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', '"stoker-process.h"', *CONNECTORS, *SECRET, *GTK],
    ),
    'exec': (
        ['"stoker-process.h"', '"stoker-error.h"'],
        ['"stoker-run.h"', '"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-http-client.h"', *SOUP, *SECRET, *GTK],
    ),
    'store': (
        ['"stoker-store.h"', '"stoker-job.h"', '<sqlite3.h>'],
        ['"stoker-http-client.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', *SOUP, *SECRET, *GTK],
    ),
    'secrets': (
        ['"stoker-secret-store.h"', '"stoker-error.h"', *SECRET],
        ['"stoker-store.h"', '"stoker-http-client.h"', '"stoker-advisor.h"', *SOUP, *GTK],
    ),
    'connectors/http': (
        ['"stoker-http-connector.h"', '"stoker-run.h"', '"stoker-capabilities.h"'],
        ['"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', '"stoker-workspace.h"', *CONNECTORS[1:], *SECRET, *GTK],
    ),
    'connectors/local': (
        ['"stoker-local-connector.h"', '"stoker-process.h"'],
        ['"stoker-manifest.h"', '"stoker-run.h"', '"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', '"stoker-http-connector.h"', *SECRET, *GTK],
    ),
    'connectors/simulated': (
        ['"stoker-simulated-connector.h"', '"stoker-capabilities.h"'],
        ['"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-advisor.h"', '"stoker-http-connector.h"', *SECRET, *GTK],
    ),
    'services': (
        ['"stoker-workspace.h"', '"stoker-advisor.h"', '"stoker-store.h"', '"stoker-secret-store.h"', *CONNECTORS],
        ['"stoker-run.h"', '"stoker-manifest.h"', '"stoker-cli.h"', '"stoker-window.h"', *GTK],
    ),
    'cli': (
        ['"stoker-workspace.h"', '"stoker-advisor.h"', '"stoker-job.h"'],
        ['"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-http-client.h"', '"stoker-window.h"', *CONNECTORS, *GTK],
    ),
    'ui': (
        ['"stoker-workspace.h"', '"stoker-job.h"', *GTK],
        ['"stoker-store.h"', '"stoker-secret-store.h"', '"stoker-http-client.h"', '"stoker-cli.h"', *CONNECTORS],
    ),
}


def exists(include):
    """A header of ours that is not written yet proves nothing by not being found."""
    return include.startswith('<') or include.strip('"') in HEADERS


def check_layer(layer, command):
    """Returns the mistakes of one layer: each include is compiled by itself."""
    allowed, forbidden = LAYERS[layer]
    mistakes = []
    for include in filter(exists, allowed):
        complaint = project.compiles(command, f'#include {include}\nint unused;\n')
        if complaint:
            mistakes.append(f'{include} must be seen: {complaint.splitlines()[0]}')
    for include in filter(exists, forbidden):
        complaint = project.compiles(command, f'#include {include}\nint unused;\n')
        if 'No such file' not in complaint and 'file not found' not in complaint:
            mistakes.append(f'{include} must not be seen')
    return mistakes


HEADERS = {name.rsplit('/', 1)[-1] for name in project.files('.h', under='src/')}


def main():
    report = Report()
    by_layer = {}
    for name, command in project.compile_commands().items():
        by_layer.setdefault(project.layer_of(name), command)
    present = [layer for layer in LAYERS if layer in by_layer]
    with ThreadPoolExecutor(2) as pool:
        verdicts = dict(zip(present, pool.map(lambda layer: check_layer(layer, by_layer[layer]), present)))
    for layer in LAYERS:
        if layer in verdicts:
            report.check(layer, verdicts[layer])
        else:
            report.skip(layer, 'the layer has no source yet')
    unknown = sorted(set(by_layer) - set(LAYERS) - {'program', 'config'})
    report.check('every layer has a line in the table', [f'src/{layer}: add it to {__file__}' for layer in unknown])
    report.finish()


main()
