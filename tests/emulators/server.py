# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulated providers share: a clock that can run fast, faults on demand, a record of what happened."""

import base64
import calendar
import json
import os
import re
import socket
import struct
import threading
import time
import urllib.parse
import uuid
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from recorder import Recorder
from tls import Authority, name_of_peer

MAX_BODY = 64 * 1024 * 1024
MAX_RECORDS = 2000
FAULTS = ('none', '429', '429-retry-after', '500', 'slow', 'truncated', 'malformed', 'hang', 'no-capacity',
          'reset-after-accept')


class Clock:
    """Emulated seconds: real ones times the speed, plus what was skipped."""

    def __init__(self, speed):
        self.speed = speed
        self._real = time.monotonic()
        self._base = 0.0

    def now(self):
        return self._base + (time.monotonic() - self._real) * self.speed

    def set_speed(self, speed):
        self._base, self._real, self.speed = self.now(), time.monotonic(), speed

    def advance(self, seconds):
        self._base += seconds

    def sleep(self, seconds):
        time.sleep(seconds / self.speed)


def format_iso(seconds):
    """Seconds since 1970 as RFC 3339 with milliseconds."""
    whole = int(seconds)
    return time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(whole)) + '.%03dZ' % int((seconds - whole) * 1000)


def parse_iso(text):
    """Seconds since 1970, or None."""
    match = re.match(r'(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$', text.strip().replace(' ', '+'))
    if match is None:
        return None
    seconds = calendar.timegm(tuple(int(part) for part in match.groups()[:6]) + (0, 0, 0)) + float(match.group(7) or 0)
    zone = match.group(8) or 'Z'
    if zone != 'Z':
        sign = 1 if zone[0] == '+' else -1
        seconds -= sign * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)
    return seconds


class Answer:
    def __init__(self, status=200, body=b'', content_type='application/json', headers=None):
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.content_type = content_type
        self.headers = dict(headers or {})


def problem(status, title, detail, errors=None, headers=None):
    """RFC 7807, as both RunPod v2 and Replicate answer."""
    body = {'title': title, 'status': status, 'detail': detail}
    if errors:
        body['errors'] = errors
    return Answer(status, body, 'application/problem+json', headers)


class Refusal(Exception):
    """Raised by a handler instead of an answer."""

    def __init__(self, answer):
        super().__init__(answer.status)
        self.answer = answer


class Request:
    def __init__(self, method, target, headers, body):
        parts = urllib.parse.urlsplit(target)
        self.method = method
        self.path = parts.path
        self.query_text = parts.query
        self.query = {name: values[0] for name, values in urllib.parse.parse_qs(parts.query, keep_blank_values=True).items()}
        self.headers = headers
        self.body = body
        self.peer = None

    def bearer(self, word='Bearer'):
        value = self.headers.get('Authorization', '')
        return value[len(word) + 1:] if value.startswith(word + ' ') else None

    def json(self):
        try:
            return json.loads(self.body.decode('utf-8'))
        except ValueError:
            return None

    def multipart(self):
        """Name → its bytes and media type, in their order."""
        boundary = re.search(r'multipart/form-data;.*boundary="?([^";]+)', self.headers.get('Content-Type', ''))
        fields = {}
        for part in self.body.split(b'--' + boundary.group(1).encode()) if boundary else []:
            head, _, body = part.partition(b'\r\n\r\n')
            name = re.search(rb'[; ]name="([^"]*)"', head)
            media_type = re.search(rb'(?i)content-type: *([^\r\n]+)', head)
            if name:
                fields[name.group(1).decode()] = (body[:-2], media_type.group(1).decode() if media_type else 'text/plain')
        return fields


class Provider:
    """One emulated provider. Subclasses fill `routes` with (method, pattern, handler)."""

    name = ''

    def __init__(self, emulator):
        self.emulator = emulator
        self.clock = emulator.clock
        self.jobs = {}
        self.routes = []

    def handle(self, request):
        allowed = []
        for method, pattern, handler in self.routes:
            match = re.fullmatch(pattern, request.path)
            if match is None:
                continue
            if method == request.method:
                return handler(request, *[urllib.parse.unquote(group) for group in match.groups()])
            allowed.append(method)
        if allowed:
            return problem(405, 'Method Not Allowed', 'method not allowed', headers={'Allow': ', '.join(allowed)})
        return problem(404, 'Not Found', 'resource not found')

    def throttled(self, retry_after):
        raise NotImplementedError

    def list_jobs(self):
        raise NotImplementedError

    def capacity_changed(self):
        pass


class TimedJob:
    """A job that waits, runs and ends by the emulated clock: what most providers' jobs do."""

    def __init__(self, emulator, owner, order, wait_s=8.0, run_s=20.0):
        self.emulator = emulator
        self.clock = emulator.clock
        self.id = str(uuid.uuid4())
        self.owner = owner
        self.order = order
        self.outcome = emulator.take_outcome()
        self.created = self.clock.now()
        self.born = time.time()
        self.wait_s = emulator.setting('cold_seconds', wait_s)
        self.run_s = emulator.setting('run_seconds', run_s)
        self.starts = self.ends = self.cancelled = None
        if not emulator.no_capacity:
            self.schedule()

    def schedule(self):
        """Begins to wait for its turn; a job that came while there was no capacity does so later."""
        if self.starts is None and self.cancelled is None:
            self.starts = self.clock.now() + self.wait_s
            self.ends = self.starts + self.run_s

    def cancel(self):
        if self.phase() in ('waiting', 'running'):
            self.cancelled = self.clock.now()

    def phase(self):
        """`waiting`, `running`, `done`, `failed` or `cancelled`."""
        now = self.clock.now()
        if self.cancelled is not None:
            return 'cancelled'
        if self.starts is None or now < self.starts:
            return 'waiting'
        if now < self.ends:
            return 'running'
        return 'failed' if 'fail' in self.outcome else 'done'

    def progress(self):
        """0 to 1."""
        if self.starts is None:
            return 0.0
        return min(1.0, max(0.0, (self.clock.now() - self.starts) / self.run_s))

    def date(self, moment):
        """It is made at the real date; what follows runs with the fast clock."""
        return format_iso(self.born + moment - self.created)


def make_png(width=48, height=32, seed=0):
    """A small picture that is a real PNG: a colour gradient that depends on the seed."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(
        b'\0' + bytes(value for x in range(width)
                      for value in (x * 255 // width, y * 255 // height, (seed * 37) % 256))
        for y in range(height))
    header = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


def data_url(body, media_type='image/png'):
    return 'data:%s;base64,%s' % (media_type, base64.b64encode(body).decode())


class Emulator:
    """All providers of one process, what is wrong with them, and what was seen."""

    def __init__(self, speed):
        self.lock = threading.RLock()
        self.clock = Clock(speed)
        self.providers = {}
        self.fault = {'kind': 'none', 'left': 0, 'method': None, 'path': re.compile(''), 'body': re.compile('')}
        self.settings = {}
        self.next_outcomes = []
        self.requests = []
        self.deliveries = []
        self.files = {}
        self.delivery_url = ''
        self.no_capacity = False
        self.tls = None
        self.stopping = threading.Event()
        self.recorder = Recorder(os.environ.get('STOKER_EMULATOR_RECORD'))

    def setting(self, name, default):
        return self.settings.get(name, default)

    def take_outcome(self):
        """What the test wants of the next job: {"fail": text} or {}."""
        return self.next_outcomes.pop(0) if self.next_outcomes else {}

    def publish(self, name, body, media_type, kept_s):
        """An output on the other origin; returns its address."""
        token = uuid.uuid4().hex
        self.files[token] = (body, media_type, self.clock.now() + kept_s)
        return '%s/delivery/%s/%s' % (self.delivery_url, token, name)

    def deliver(self, request):
        self.deliveries.append({'path': request.path, 'authorization': 'Authorization' in request.headers})
        match = re.fullmatch(r'/delivery/([0-9a-f]+)/[^/]+', request.path)
        entry = self.files.get(match.group(1)) if match else None
        if entry is None or self.clock.now() > entry[2]:
            return Answer(404, b'Not Found', 'text/plain')
        return Answer(200, entry[0], entry[1])

    def take_fault(self, request):
        fault = self.fault
        if fault['kind'] in ('none', 'no-capacity') or not fault['path'].search(request.path):
            return 'none'
        if fault['method'] not in (None, request.method) or not fault['body'].search(request.body.decode('utf-8', 'replace')):
            return 'none'
        if fault['left'] > 0:
            fault['left'] -= 1
            if fault['left'] == 0:
                self.fault = dict(fault, kind='none')
        return fault['kind']

    def control(self, order):
        """Changes the emulation; see README.md."""
        if 'speed' in order:
            self.clock.set_speed(float(order['speed']))
        if 'advance' in order:
            self.clock.advance(float(order['advance']))
        self.settings.update(order.get('settings', {}))
        if order.get('tls') and self.tls is None:
            self.tls = self.listen_tls()
        if 'next' in order:
            self.next_outcomes.append(order['next'])
        if 'fault' in order:
            if order['fault'] not in FAULTS:
                return Answer(400, {'error': 'unknown fault', 'known': FAULTS})
            self.fault = {'kind': order['fault'], 'left': int(order.get('times', 1)),
                          'method': order.get('method'), 'path': re.compile(order.get('path', '')), 'body': re.compile(order.get('body', ''))}
            self.no_capacity = order['fault'] == 'no-capacity'
            for provider in self.providers.values():
                provider.capacity_changed()
        return Answer(200, {'ok': True})

    def listen_tls(self):
        """The same providers once more, over TLS; returns how to come in."""
        authority = Authority()
        server = listen(self, 0, False, authority)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return dict(authority.describe(), url='https://127.0.0.1:%d' % server.server_address[1])

    def state(self):
        jobs = [dict(job, provider=name) for name, provider in self.providers.items() for job in provider.list_jobs()]
        return Answer(200, {'jobs': jobs, 'requests': self.requests, 'deliveries': self.deliveries,
                            'delivery_url': self.delivery_url, 'speed': self.clock.speed, 'tls': self.tls})

    def find_provider(self, path):
        for provider in self.providers.values():
            if any(path.startswith(prefix) for prefix in provider.prefixes):
                return provider
        return None

    def answer(self, request, fault):
        if request.path == '/_control' and request.method == 'POST':
            order = request.json()
            return self.control(order) if isinstance(order, dict) else Answer(400, {'error': 'not an object'})
        if request.path == '/_control/state':
            return self.state()
        provider = self.find_provider(request.path)
        if provider is None:
            return problem(404, 'Not Found', 'no such provider')
        if fault == '429':
            return provider.throttled(None)
        if fault == '429-retry-after':
            return provider.throttled(1)
        if fault == '500':
            return problem(500, 'Internal Server Error', 'an unexpected error occurred')
        try:
            return provider.handle(request)
        except Refusal as refusal:
            return refusal.answer

    def record(self, request, status, fault):
        if request.path.startswith('/_control'):
            return
        self.requests.append({'method': request.method, 'path': request.path, 'query': request.query, 'status': status,
                              'fault': fault, 'authorization': 'Authorization' in request.headers, 'peer': request.peer})
        del self.requests[:-MAX_RECORDS]


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    emulator = None
    is_delivery = False

    def log_message(self, format, *args):
        pass

    def read_request(self):
        if 'chunked' in self.headers.get('Transfer-Encoding', ''):
            body = b''
            while True:
                size = int(self.rfile.readline().split(b';')[0], 16)
                piece = self.rfile.read(size)
                self.rfile.readline()
                if size == 0:
                    break
                body += piece
                if len(body) > MAX_BODY:
                    raise ValueError('body too large')
        else:
            length = int(self.headers.get('Content-Length') or 0)
            if length > MAX_BODY:
                raise ValueError('body too large')
            body = self.rfile.read(length)
        request = Request(self.command, self.path, self.headers, body)
        request.peer = name_of_peer(self.connection)
        return request

    def serve(self):
        request = self.read_request()
        emulator = self.emulator
        if self.is_delivery:
            with emulator.lock:
                answer = emulator.deliver(request)
            return self.send(answer)
        with emulator.lock:
            fault = 'none' if request.path.startswith('/_control') else emulator.take_fault(request)
        if fault == 'hang':
            emulator.record(request, 0, fault)
            emulator.stopping.wait(60)
            return self.drop()
        if fault == 'slow':
            time.sleep(emulator.setting('slow_seconds', 0.5))
        with emulator.lock:
            answer = emulator.answer(request, fault)
            emulator.record(request, answer.status, fault)
        wait = getattr(answer, 'wait', None)
        if wait is not None:
            answer = wait()
        if fault == 'reset-after-accept':
            return self.drop()
        emulator.recorder.keep(request, answer, fault)
        if fault == 'malformed':
            answer = Answer(answer.status, b'{"id": "half', answer.content_type, answer.headers)
        self.send(answer, is_truncated=fault == 'truncated')

    def drop(self):
        """Closes with a reset, as a peer that died does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.connection.close()

    def send(self, answer, is_truncated=False):
        body = answer.body
        held_s = getattr(answer, 'held_s', None)  # real seconds that a stream stays open behind its last event
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header('Content-Type', answer.content_type)
            if held_s is None:
                self.send_header('Content-Length', str(len(body) + (64 if is_truncated else 0)))
            else:
                self.send_header('Connection', 'close')
        self.end_headers()
        if answer.status != 204 and self.command != 'HEAD':
            self.wfile.write(body[:len(body) // 2] if is_truncated else body)
        if held_s is not None:
            self.wfile.flush()
            self.emulator.stopping.wait(held_s)
        if is_truncated or held_s is not None:
            self.wfile.flush()
            self.close_connection = True

    def guarded(self):
        try:
            self.serve()
        except (ConnectionError, BrokenPipeError, ValueError, OSError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = guarded


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    authority = None

    def process_request_thread(self, request, client_address):
        # Greetings are heard in the thread of their connection, so that a silent one holds up nobody.
        if self.authority is not None:
            try:
                request = self.authority.context.wrap_socket(request, server_side=True)
            except OSError:
                return self.shutdown_request(request)
        super().process_request_thread(request, client_address)

    def handle_error(self, request, client_address):
        pass


def listen(emulator, port, is_delivery, authority=None):
    handler = type('BoundHandler', (Handler,), {'emulator': emulator, 'is_delivery': is_delivery})
    server = Server(('127.0.0.1', port), handler)
    server.authority = authority
    return server
