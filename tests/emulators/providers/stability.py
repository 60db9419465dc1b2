# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stability AI: pictures at once, and two services whose result is asked for.

    http://HOST/stability  stands for https://api.stability.ai

Written from the vendor's OpenAPI document of v1 and v2beta and its own ComfyUI nodes, read on 2026-11-21. The names of errors and the body of a
result that is not ready are in no document; only its status 202 is.
Keys: sk-test_good, sk-test_poor (402), sk-test_busy (429). `{"next": {"fail": "filtered"}}` blurs the next picture,
`{"next": {"fail": "moderated"}}` refuses it.
"""

import base64
import email
import email.policy
import uuid

from server import Answer, Provider, Refusal, TimedJob, make_png

KEYS = {'sk-test_good': 7963.5, 'sk-test_poor': 0.0, 'sk-test_busy': 100.0}
KEPT_S = 24 * 3600
# Service → the fields it cannot do without.
AT_ONCE = {
    'generate/core': ('prompt',), 'generate/ultra': ('prompt',), 'generate/sd3': ('prompt',), 'edit/erase': ('image',),
    'edit/inpaint': ('image', 'prompt'), 'edit/outpaint': ('image',), 'edit/search-and-replace': ('image', 'prompt', 'search_prompt'),
    'edit/search-and-recolor': ('image', 'prompt', 'select_prompt'), 'edit/remove-background': ('image',),
    'control/sketch': ('image', 'prompt'), 'control/structure': ('image', 'prompt'), 'control/style': ('image', 'prompt'),
    'control/style-transfer': ('init_image', 'style_image'), 'upscale/fast': ('image',), 'upscale/conservative': ('image', 'prompt'),
}
LATER = {'upscale/creative': ('image', 'prompt'), 'edit/replace-background-and-relight': ('subject_image',)}
FILES = ('image', 'mask', 'init_image', 'style_image', 'subject_image', 'background_reference', 'light_reference')
MAX_REQUEST = 10 * 1024 * 1024


def read_form(request):
    """Name → text or bytes, of a multipart body; None when it is not one."""
    kind = request.headers.get('Content-Type', '')
    if not kind.startswith('multipart/form-data'):
        return None
    message = email.message_from_bytes(b'Content-Type: ' + kind.encode() + b'\r\n\r\n' + request.body, policy=email.policy.HTTP)
    form = {}
    for part in message.iter_parts():
        name = part.get_param('name', header='content-disposition')
        body = part.get_payload(decode=True)
        form[name] = body if part.get_filename() is not None else body.decode()
    return form


class Stability(Provider):
    name = 'stability'
    prefixes = ('/stability/',)

    def __init__(self, emulator):
        super().__init__(emulator)
        self.routes = [
            ('GET', '/stability/v1/user/account', self.account),
            ('GET', '/stability/v1/user/balance', self.balance),
            ('POST', '/stability/v2beta/stable-image/(.+)', self.make),
            ('GET', '/stability/v2beta/results/([^/]+)', self.result),
        ]

    @staticmethod
    def error(status, name, *texts):
        return Answer(status, {'id': uuid.uuid4().hex, 'name': name, 'errors': list(texts)})

    def throttled(self, retry_after):
        answer = self.error(429, 'rate_limit_exceeded', 'You have made more than 150 requests in 10 seconds')
        if retry_after is not None:
            answer.headers['Retry-After'] = str(retry_after)
        return answer

    def authorize(self, request):
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(self.error(401, 'unauthorized', 'invalid or missing authorization header value'))
        if key.endswith('_busy'):
            raise Refusal(self.throttled(1))
        return key

    def account(self, request):
        self.authorize(request)
        return Answer(200, {'id': 'user-1234', 'email': 'fox@example.com', 'profile_picture': 'https://example.com/fox.png', 'organizations': [
            {'id': 'org-5678', 'name': 'Fox', 'role': 'MEMBER', 'is_default': True}]})

    def balance(self, request):
        return Answer(200, {'credits': KEYS[self.authorize(request)]})

    # Pictures

    def check_form(self, request, service):
        form = read_form(request)
        if form is None:
            raise Refusal(self.error(400, 'bad_request', 'content-type: must be multipart/form-data'))
        if len(request.body) > MAX_REQUEST:
            raise Refusal(self.error(413, 'payload_too_large', 'request body: must be 10 MiB or less'))
        needed = AT_ONCE.get(service) or LATER[service]
        wrong = ['%s: is required' % name for name in needed if not form.get(name)]
        wrong += ['%s: must be a file' % name for name in FILES if isinstance(form.get(name), str)]
        if service == 'generate/sd3' and form.get('mode') == 'image-to-image' and 'aspect_ratio' in form:
            wrong.append('aspect_ratio: is not allowed with an image')
        if service in ('generate/ultra', 'generate/sd3') and ('strength' in form) != ('image' in form):
            wrong.append('strength: goes with an image')
        if wrong:
            raise Refusal(self.error(400, 'bad_request', *wrong))
        return form

    def make(self, request, service):
        key = self.authorize(request)
        if service not in AT_ONCE and service not in LATER:
            return self.error(404, 'not_found', 'no such route')
        form = self.check_form(request, service)
        if KEYS[key] == 0:
            return self.error(402, 'payment_required', 'You lack sufficient credits to make this request')
        order = {name: value if isinstance(value, str) else len(value) for name, value in form.items()}
        job = TimedJob(self.emulator, key, dict(order, service=service))
        job.finish = {'filtered': 'CONTENT_FILTERED'}.get(job.outcome.get('fail'), 'SUCCESS')
        if service in LATER:
            job.id = uuid.uuid4().hex * 2
            self.jobs[job.id] = job
            return Answer(200, {'id': job.id})
        if job.outcome.get('fail') == 'moderated':
            return self.error(403, 'content_moderation', 'Your request was flagged by our content moderation system')
        if job.finish == 'SUCCESS':
            self.jobs[job.id] = job
            job.starts = job.ends = job.clock.now()
        return self.answer_picture(request, job, 'image')

    def answer_picture(self, request, job, member):
        if request.headers.get('Accept') == 'application/json':
            return Answer(200, {member: base64.b64encode(make_png()).decode(), 'finish_reason': job.finish, 'seed': 343940597},
                          'application/json; type=image/png')
        return Answer(200, make_png(), 'image/png', {'finish-reason': job.finish, 'seed': '343940597'})

    def result(self, request, identifier):
        key = self.authorize(request)
        job = self.jobs.get(identifier)
        if job is None or job.owner != key or (job.ends is not None and job.clock.now() > job.ends + KEPT_S):
            return self.error(404, 'not_found', 'generation not found')
        if job.phase() in ('waiting', 'running'):
            return Answer(202, {'id': job.id, 'status': 'in-progress'})
        if job.outcome.get('fail') == 'moderated':
            return self.error(403, 'content_moderation', 'Your request was flagged by our content moderation system')
        if job.phase() == 'failed' and job.finish == 'SUCCESS':
            return self.error(400, 'bad_request', job.outcome['fail'])
        return self.answer_picture(request, job, 'result')

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'input': job.order} for job in self.jobs.values()]


PROVIDER = Stability
