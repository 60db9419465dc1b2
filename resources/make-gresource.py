#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the GResource description of the files given: make-gresource.py OUTPUT FILE…"""
import sys

output, *names = sys.argv[1:]
lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<gresources>', '  <gresource prefix="/io/github/stokerapp/Stoker">']
lines += [f'    <file>{name}</file>' for name in names]
lines += ['  </gresource>', '</gresources>', '']
with open(output, 'w', encoding='utf-8') as file:
    file.write('\n'.join(lines))
