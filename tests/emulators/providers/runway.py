# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runway: organization, generations, tasks, uploads.

    http://HOST/runway/v1  stands for https://api.dev.runwayml.com/v1

Written from the vendor's OpenAPI document (2026-08-08) and @runwayml/sdk 4.20.1, read on 2026-11-21. How too little credit is refused is
not in them; here it is a 400 with a text.
Keys: key_test_good, key_test_poor (no credit), key_test_busy (429).
"""

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
# A task of yesterday, which nobody here sent.
PAST = '17f20503-6c24-4c16-946b-35dbbce2af2f'


class Runway(Provider):
    name = 'runway'
    prefixes = ('/runway/',)

    def __init__(self, emulator):
        super().__init__(emulator)
        self.routes = [
            ('GET', '/runway/v1/organization', self.organization),
            ('POST', '/runway/v1/organization/usage', self.usage),
            ('POST', '/runway/v1/(image_to_video|text_to_video|text_to_image)', self.create),
            ('GET', '/runway/v1/tasks/([^/]+)', self.get),
            ('DELETE', '/runway/v1/tasks/([^/]+)', self.delete),
        ]

        self.gone = set()

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
        if not 1 <= len(body.get('promptText', 'x').encode('utf-16-le')) // 2 <= 1000:
            return self.issue('promptText', 'Too big: expected string to have <=1000 characters')
        return None

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
