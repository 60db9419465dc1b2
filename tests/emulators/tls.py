# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second way in, over TLS, with an authority that is made for this run: it signs the server, and one who may ask."""

import os
import ssl
import subprocess
import tempfile

CURVE = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes')
SERVER = 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n'
CLIENT = 'extendedKeyUsage=clientAuth\n'


class Authority:
    """Its certificates and keys, as texts and as files that go with it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='stoker-tls-')
        self.openssl('req', '-x509', *CURVE, '-keyout', 'authority.key', '-out', 'authority.pem', '-days', '2', '-subj', '/CN=emulated authority')
        self.sign('server', '/CN=localhost', SERVER)
        self.sign('client', '/O=render/CN=renderer', CLIENT)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.path('server.pem'), self.path('server.key'))
        self.context.load_verify_locations(self.path('authority.pem'))
        self.context.verify_mode = ssl.CERT_OPTIONAL

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def openssl(self, *arguments):
        subprocess.run(('openssl',) + arguments, cwd=self.folder.name, check=True, capture_output=True)

    def sign(self, name, subject, extensions):
        with open(self.path(name + '.ext'), 'w', encoding='utf-8') as file:
            file.write(extensions)
        self.openssl('req', *CURVE, '-keyout', name + '.key', '-out', name + '.csr', '-subj', subject)
        self.openssl('x509', '-req', '-in', name + '.csr', '-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial', '-days', '2',
                     '-extfile', name + '.ext', '-out', name + '.pem')

    def read(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    def describe(self):
        """What somebody needs to come in."""
        return {'authority': self.read('authority.pem'), 'certificate': self.read('client.pem'), 'key': self.read('client.key')}


def name_of_peer(connection):
    """The common name in the certificate that was shown and found good, or None."""
    if not isinstance(connection, ssl.SSLSocket):
        return None
    subject = (connection.getpeercert() or {}).get('subject', ())
    return next((value for part in subject for name, value in part if name == 'commonName'), None)
