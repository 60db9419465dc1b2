#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pseudo-po.py POT OUT.po: a "translation" in which every text is marked ⟦thus⟧, accented and a third longer, so that a text that
was never handed to the translators and a place that is too narrow for other languages both show."""
import re
import subprocess
import sys

ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
# What must stay as it is: printf directives, ${names}, tags, entities, addresses and verbs of the command line.
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0']*\d*(?:\.\d+)?(?:l|ll|h)?[a-zA-Z%]|\$\{\w+\}|<[^>]*>|&\w+;|https?://\S+|\\n|G_GINT64_FORMAT")


def pseudo(text):
    before, text, after = re.fullmatch(r"((?:\\n)*)(.*?)((?:\\n)*)", text, re.S).groups()
    parts, at = [], 0
    for kept in KEPT.finditer(text):
        parts += [lengthen(text[at:kept.start()]), kept.group(0)]
        at = kept.end()
    return before + "⟦" + "".join(parts) + lengthen(text[at:]) + "⟧" + after


def lengthen(text):
    return re.sub(r"([aeiou])(?=[a-z])", r"\1\1", text).translate(ACCENTED)


def entries(pot):
    """The messages of a template as (context, id, plural); polib is no part of Debian's Python."""
    for block in re.split(r"\n\n+", pot):
        fields = {}
        for key, body in re.findall(r'^(msgctxt|msgid_plural|msgid)\s+((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.M):
            fields[key] = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', body))
        if fields.get("msgid"):
            yield fields


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        pot = file.read()
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
                  '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')
        for entry in entries(pot):
            if "msgctxt" in entry:
                out.write(f'msgctxt "{entry["msgctxt"]}"\n')
            out.write(f'msgid "{entry["msgid"]}"\n')
            if "msgid_plural" in entry:
                out.write(f'msgid_plural "{entry["msgid_plural"]}"\n'
                          f'msgstr[0] "{pseudo(entry["msgid"])}"\nmsgstr[1] "{pseudo(entry["msgid_plural"])}"\n\n')
            else:
                out.write(f'msgstr "{pseudo(entry["msgid"])}"\n\n')
    subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", sys.argv[2]], check=True)


main()
