# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runway: organization, generations, tasks, uploads.

    http://HOST/runway/v1       stands for https://api.dev.runwayml.com/v1
    http://HOST/runway-storage  stands for the storage that uploads go to, which is somebody else's

Written from the vendor's OpenAPI document (2026-08-08) and @runwayml/sdk 4.20.1, read on 2026-11-21. How too little credit is refused is
not in them; here it is a 400 with a text.
Keys: key_test_good, key_test_poor (no credit), key_test_busy (429).
"""

import re
import uuid

from server import Answer, Provider, Refusal, TimedJob, make_png

KEYS = {'key_test_good': 5000, 'key_test_poor': 0, 'key_test_busy': 5000}
VERSION = '2024-11-06'
# Credits a second, or for a picture.
VIDEO = {'gen4.5': 12, 'gen4_turbo': 5, 'veo3.1': 40}
IMAGE = {'gen4_image': 8, 'gen4_image_turbo': 2}
RATIOS = ('1280:720', '720:1280', '1104:832', '960:960', '832:1104', '1584:672')
# Member → what it may be, by kind and model; a member that is not here is refused as the real one does.
MOTION = {'promptText': str, 'seed': int, 'ratio': RATIOS, 'duration': range(2, 11), 'contentModeration': dict}
VEO = {'promptText': str, 'negativePrompt': str, 'audio': bool, 'duration': (4, 6, 8), 'ratio': ('1280:720', '720:1280', '1080:1920', '1920:1080')}
STILL = {'promptText': str, 'seed': int, 'referenceImages': list, 'contentModeration': dict,
         'ratio': ('1024:1024', '1080:1080', '1168:880', '1360:768', '1440:1080', '1080:1440', '1808:768', '1920:1080', '1080:1920', '2112:912',
                   '1280:720', '720:1280', '720:720', '960:720', '720:960', '1680:720')}
MEMBERS = {
    'image_to_video': {'gen4.5': dict(MOTION, promptImage=(str, list)), 'gen4_turbo': dict(MOTION, promptImage=(str, list)),
                       'veo3.1': dict(VEO, promptImage=(str, list))},
    'text_to_video': {'gen4.5': dict(MOTION, ratio=RATIOS[:2]), 'veo3.1': VEO},
    'text_to_image': {'gen4_image': STILL, 'gen4_image_turbo': STILL},
}
NEEDED = {('image_to_video', 'gen4.5'): ('promptText', 'promptImage', 'ratio', 'duration'), ('image_to_video', None): ('promptImage', 'ratio'),
          ('text_to_video', 'gen4.5'): ('promptText', 'ratio', 'duration'), ('text_to_video', None): ('promptText', 'ratio'),
          ('text_to_image', 'gen4_image_turbo'): ('promptText', 'ratio', 'referenceImages'), ('text_to_image', None): ('promptText', 'ratio')}
KEPT_S = 24 * 3600
# Characters of a file within a request, by its kind; bytes of one that is uploaded.
MOST_INLINE = {'image': 5 * 1024 * 1024, 'video': 16 * 1024 * 1024, 'audio': 16 * 1024 * 1024}
UPLOAD_BYTES = range(512, 200 * 1024 * 1024 + 1)
FILE_NAME = r'[^/]+\.(png|jpe?g|webp|mp4|mov|webm|wav|mp3|m4a|ogg|flac)'
# A task of yesterday, which nobody here sent.
PAST = '17f20503-6c24-4c16-946b-35dbbce2af2f'


class Runway(Provider):
    name = 'runway'
    prefixes = ('/runway/', '/runway-storage/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.routes = [
            ('GET', '/runway/v1/organization', self.organization),
            ('POST', '/runway/v1/organization/usage', self.usage),
            ('POST', '/runway/v1/(image_to_video|text_to_video|text_to_image)', self.create),
            ('POST', '/runway/v1/uploads', self.start_upload),
            ('POST', '/runway-storage/([^/]+)', self.upload),
            ('GET', '/runway/v1/tasks/([^/]+)', self.get),
            ('DELETE', '/runway/v1/tasks/([^/]+)', self.delete),
        ]

        self.gone = set()
        self.uploads = {}

    @staticmethod
    def error(status, text, issues=None):
        return Answer(status, dict({'error': text}, **({'issues': issues} if issues else {})))

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'error': 'Too many requests'}, headers=headers)

    def authorize(self, request):
        if request.headers.get('X-Runway-Version') != VERSION:
            raise Refusal(self.error(400, 'The X-Runway-Version header is missing or not valid'))
        key = request.bearer()
        if key not in KEYS:
            raise Refusal(self.error(401, 'Unauthorized'))
        if key == 'key_test_busy':
            raise Refusal(self.throttled(1))
        return key

    def organization(self, request):
        key = self.authorize(request)
        limits = {model: {'maxConcurrentGenerations': 2, 'maxDailyGenerations': 200} for model in VIDEO}
        return Answer(200, {'tier': {'maxMonthlyCreditSpend': 10000, 'models': limits}, 'creditBalance': KEYS[key],
                            'usage': {'models': {model: {'dailyGenerations': 0} for model in VIDEO}}})

    def usage(self, request):
        """Of one day in the range that was asked for, or of the first day when none was."""
        self.authorize(request)
        body = request.json() if request.body else {}
        first, end = body.get('startDate', '2026-11-01'), body.get('beforeDate', '2026-12-01')
        if first >= end:
            return self.issue('beforeDate', 'The end date must be after the start date')
        return Answer(200, {'results': [{'date': first, 'usedCredits': [{'model': 'gen4_turbo', 'amount': 25}]}], 'models': ['gen4_turbo']})

    def issue(self, member, message):
        return self.error(400, 'Validation of body failed', [{'code': 'invalid', 'path': [member], 'message': message}])

    @staticmethod
    def fits(rule, value):
        """Whether a value is of a type, or one of several types or values."""
        if isinstance(rule, type):
            return isinstance(value, rule)
        if isinstance(rule, tuple) and isinstance(rule[0], type):
            return isinstance(value, rule)
        return rule is not None and value in rule

    def check_body(self, kind, body):
        """What is wrong with it, or None."""
        if not isinstance(body, dict):
            return self.error(400, 'Validation of body failed')
        model = body.get('model')
        known = MEMBERS[kind].get(model)
        if known is None:
            return self.issue('model', 'Unknown model')
        for name in NEEDED.get((kind, model), NEEDED[kind, None]):
            if not body.get(name):
                return self.issue(name, 'Required')
        for name, value in body.items():
            if name != 'model' and not self.fits(known.get(name), value):
                return self.issue(name, 'Invalid input' if name in known else 'Unrecognized key')
        for name, value in self.list_files(body):
            if not self.can_be_read(value):
                return self.issue(name, 'Invalid asset URI')
        if not 1 <= len(body.get('promptText', 'x').encode('utf-16-le')) // 2 <= 1000:
            return self.issue('promptText', 'Too big: expected string to have <=1000 characters')
        return None

    @staticmethod
    def list_files(body):
        """The addresses in it, each with the member that it is in."""
        for name, value in body.items():
            for one in value if isinstance(value, list) else [value]:
                address = one.get('uri') if isinstance(one, dict) else one
                if isinstance(address, str) and re.match('(https|data|runway):', address):
                    yield name, address

    def can_be_read(self, address):
        """Whether it is not too long, and was uploaded where it says so."""
        if address.startswith('runway://'):
            return bool(self.uploads.get(address))
        kind = re.match('data:(image|video|audio)/', address)
        return len(address) <= (2048 if kind is None else MOST_INLINE[kind.group(1)])

    def start_upload(self, request):
        self.authorize(request)
        body = request.json()
        if not isinstance(body, dict) or body.get('type') != 'ephemeral' or not re.fullmatch(FILE_NAME, body.get('filename', '')):
            return self.issue('filename', 'Invalid input')
        identifier = str(uuid.uuid4())
        self.uploads['runway://' + identifier] = False
        return Answer(200, {'uploadUrl': '%s/runway-storage/%s' % (self.emulator.url, identifier), 'runwayUri': 'runway://' + identifier,
                            'fields': {'key': 'uploads/' + identifier, 'policy': 'eyJleHBpcmF0aW9uIjoiIn0=', 'x-amz-signature': 'c0ffee'}})

    def upload(self, request, identifier):
        """The fields are the permission, and stand before the file; a key has no business here."""
        fields = request.multipart()
        names = list(fields)
        if 'Authorization' in request.headers or 'runway://' + identifier not in self.uploads or fields.get('key', (b'',))[0].decode() != 'uploads/' + identifier:
            return Answer(403, b'<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', 'application/xml')
        if names != ['key', 'policy', 'x-amz-signature', 'file'] or len(fields['file'][0]) not in UPLOAD_BYTES:
            return Answer(400, b'<Error><Code>InvalidArgument</Code><Message>POST requires exactly one file</Message></Error>', 'application/xml')
        self.uploads['runway://' + identifier] = True
        return Answer(204)

    @staticmethod
    def cost_of(kind, body):
        """In credits; a picture of gen4_image is cheaper in the smaller sizes."""
        if kind != 'text_to_image':
            return VIDEO[body['model']] * body.get('duration', 5)
        return 5 if body['model'] == 'gen4_image' and '720' in body['ratio'].split(':') else IMAGE[body['model']]

    def create(self, request, kind):
        key = self.authorize(request)
        body = request.json()
        wrong = self.check_body(kind, body)
        if wrong is not None:
            return wrong
        if KEYS[key] == 0:
            return self.error(400, 'You do not have enough credits to run this task.')
        job = TimedJob(self.emulator, key, body, wait_s=4.0, run_s=40.0)
        job.kind = kind
        job.credits = self.cost_of(kind, body)
        self.jobs[job.id] = job
        return Answer(200, {'id': job.id, 'estimatedCost': {'credits': job.credits}})

    def find(self, request, identifier):
        key = self.authorize(request)
        job = self.jobs.get(identifier)
        if job is None or job.owner != key or getattr(job, 'is_gone', False):
            raise Refusal(self.error(404, 'Task not found'))
        return job

    def get(self, request, identifier):
        job = self.find(request, identifier)
        phase = job.phase()
        answer = {'id': job.id, 'createdAt': job.date(job.created)}
        if phase == 'waiting':
            answer.update(status='THROTTLED' if self.emulator.no_capacity else 'PENDING', estimatedCost={'credits': job.credits})
        elif phase == 'running':
            answer.update(status='RUNNING', progress=round(job.progress(), 3), estimatedCost={'credits': job.credits})
        elif phase == 'done':
            answer.update(status='SUCCEEDED', output=[self.output(job)], cost={'credits': job.credits})
        elif phase == 'failed':
            answer.update(status='FAILED', failure=job.outcome['fail'], failureCode=job.outcome.get('code', 'INTERNAL'), cost={'credits': 0})
        return Answer(200, answer)

    def output(self, job):
        if job.kind == 'text_to_image':
            return self.emulator.publish('picture.png', make_png(), 'image/png', KEPT_S)
        return self.emulator.publish('clip.mp4', b'\0\0\0\x18ftypmp42' + bytes(64), 'video/mp4', KEPT_S)

    def delete(self, request, identifier):
        if self.authorize(request) and identifier == PAST and PAST not in self.gone:
            self.gone.add(PAST)
            return Answer(204)
        job = self.find(request, identifier)
        job.cancel()
        job.is_gone = True
        return Answer(204)

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'input': job.order, 'credits': job.credits} for job in self.jobs.values()]


PROVIDER = Runway
