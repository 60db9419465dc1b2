# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Luma: the Agents interface, and the older Dream Machine.

    http://HOST/luma-agents/v1         stands for https://agents.lumalabs.ai/v1
    http://HOST/luma/dream-machine/v1  stands for https://api.lumalabs.ai/dream-machine/v1

Written from the vendor's OpenAPI document 1.1.0 of Dream Machine, its pages on the Agents interface, and lumaai 1.19.1, read on 2026-11-21.
The status of some refusals is in none of them: a wrong key is answered with 401 here, too little credit of Dream Machine with 402.
Keys: luma-api-test_good, luma-api-test_poor (402), luma-api-test_busy (429); luma-test_good for Dream Machine.
"""

import base64

from server import Answer, Provider, Refusal, TimedJob, make_png

AGENT_KEYS = ('luma-api-test_good', 'luma-api-test_poor', 'luma-api-test_busy')
DREAM_KEYS = {'luma-test_good': 1234.0, 'luma-test_poor': 0.0}
AGENT_MODELS = {'uni-1': ('image', 'image_edit'), 'uni-1-max': ('image', 'image_edit'), 'ray-3.2': ('video', 'video_edit', 'video_reframe')}
IMAGE_RATIOS = (None, '3:1', '2:1', '21:9', '16:9', '3:2', '4:3', '1:1', '3:4', '2:3', '9:16', '1:2', '1:3')
VIDEO_RATIOS = (None, '9:16', '3:4', '1:1', '4:3', '16:9', '21:9')
DREAM_RATIOS = (None, '1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21')
KEPT_S = 3600
# A generation of yesterday, which nobody here sent.
PAST = '0f2c1c6e-5d33-4b44-8f0e-3b8d8f9f2a11'
MP4 = b'\0\0\0\x18ftypmp42' + bytes(64)


class Luma(Provider):
    name = 'luma'
    prefixes = ('/luma-agents/', '/luma/')

    def __init__(self, emulator):
        super().__init__(emulator)
        dream = '/luma/dream-machine/v1'
        self.routes = [
            ('POST', '/luma-agents/v1/generations', self.create),
            ('GET', '/luma-agents/v1/generations/([^/]+)', self.get),
            ('GET', dream + '/credits', self.credits),
            ('GET', dream + '/ping', lambda request: Answer(200, {'message': 'pong'})),
            ('POST', dream + '/generations/(video|image)', self.dream_create),
            ('GET', dream + '/generations', self.dream_list),
            ('GET', dream + '/generations/concepts/list', self.concepts),
            ('GET', dream + '/generations/([^/]+)', self.dream_get),
            ('DELETE', dream + '/generations/([^/]+)', self.dream_delete),
        ]

        self.gone = set()

    @staticmethod
    def error(status, text):
        return Answer(status, {'detail': text})

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'detail': 'Rate limit exceeded'}, headers=headers)

    def authorize(self, request, keys):
        key = request.bearer()
        if key not in keys:
            raise Refusal(self.error(401, 'Invalid API key is provided'))
        if key.endswith('_busy'):
            raise Refusal(self.throttled(1))
        return key

    def find(self, request, keys, identifier):
        key = self.authorize(request, keys)
        job = self.jobs.get(identifier)
        if job is None or job.owner != key or getattr(job, 'is_gone', False):
            raise Refusal(self.error(404, 'Generation not found'))
        return job

    def check_prompt(self, body):
        if not isinstance(body, dict) or not body.get('prompt'):
            raise Refusal(self.error(400, 'Prompt is required'))
        if len(body['prompt']) < 3:
            raise Refusal(self.error(400, 'Prompt is too short, minimum length is 3 characters'))

    def expect(self, value, choices, name):
        if value not in choices:
            raise Refusal(self.error(400, '%s must be one of %s' % (name, ', '.join(str(choice) for choice in choices if choice))))

    def check_frame(self, frame, name):
        """A picture by its address, itself in Base64, or an earlier generation; nothing else in it."""
        kinds = ({'url'}, {'url', 'media_type'}, {'generation_id'}, {'data', 'media_type'})
        if frame is not None and (not isinstance(frame, dict) or set(frame) not in kinds):
            raise Refusal(self.error(400, '%s must have exactly one source' % name))
        if frame is not None and not frame.get('url', 'https:').startswith('https:'):
            raise Refusal(self.error(400, '%s must have a public address' % name))
        try:
            base64.b64decode((frame or {}).get('data', ''), validate=True)
        except ValueError as mistake:
            raise Refusal(self.error(422, '%s is no image' % name)) from mistake

    # Agents

    def check_agents(self, body):
        """What the documents say of the members."""
        unknown = set(body) - {'model', 'type', 'prompt', 'aspect_ratio', 'image_ref', 'source', 'video'}
        if unknown:
            raise Refusal(self.error(400, 'unknown field ' + ', '.join(sorted(unknown))))
        if len(body.get('image_ref', [])) > (8 if body['type'] == 'image_edit' else 9):
            raise Refusal(self.error(400, 'too many reference images'))
        if ('source' in body) != (body['type'] in ('image_edit', 'video_edit', 'video_reframe')):
            raise Refusal(self.error(400, 'source is for edits, and needed there'))
        for frame in body.get('image_ref', []) + [body.get('source')]:
            self.check_frame(frame, 'a reference')
        if not body['type'].startswith('video'):
            self.expect(body.get('aspect_ratio'), IMAGE_RATIOS, 'aspect_ratio')
            return
        video = body.get('video', {})
        self.expect(body.get('aspect_ratio'), VIDEO_RATIOS, 'aspect_ratio')
        self.expect(video.get('resolution'), (None, '360p', '540p', '720p', '1080p'), 'resolution')
        self.expect(video.get('duration'), (None, '5s', '10s'), 'duration')
        for name, frame in [('start_frame', video.get('start_frame')), ('end_frame', video.get('end_frame'))] + \
                [('a key frame', frame) for frame in video.get('keyframes', [])]:
            self.check_frame(frame, name)
        if len(video.get('keyframes', [])) != len(video.get('keyframe_indexes', [])):
            raise Refusal(self.error(400, 'keyframes and keyframe_indexes must have the same length'))

    def create(self, request):
        key = self.authorize(request, AGENT_KEYS)
        body = request.json()
        self.check_prompt(body)
        if body.get('type') not in AGENT_MODELS.get(body.get('model'), ()):
            return self.error(400, 'Unknown model or type')
        self.check_agents(body)
        if key.endswith('_poor'):
            return self.error(402, 'Insufficient credits')
        job = TimedJob(self.emulator, key, body)
        job.is_video = body['type'].startswith('video')
        self.jobs[job.id] = job
        return Answer(201, self.describe(job))

    def describe(self, job):
        phase = job.phase()
        answer = {'id': job.id, 'type': job.order['type'], 'model': job.order['model'], 'created_at': job.date(job.created),
                  'state': {'waiting': 'queued', 'running': 'processing', 'done': 'completed'}.get(phase, 'failed'), 'output': [],
                  'failure_reason': None, 'failure_code': None}
        if phase == 'done':
            answer['output'] = [{'type': 'video' if job.is_video else 'image', 'url': self.publish(job)}]
        elif phase == 'failed':
            answer.update(failure_reason=job.outcome['fail'], failure_code=job.outcome.get('code', 'generation_failed'))
        return answer

    def publish(self, job):
        if job.is_video:
            return self.emulator.publish('clip.mp4', MP4, 'video/mp4', KEPT_S)
        return self.emulator.publish('picture.png', make_png(), 'image/png', KEPT_S)

    def get(self, request, identifier):
        return Answer(200, self.describe(self.find(request, AGENT_KEYS, identifier)))

    # Dream Machine

    def credits(self, request):
        return Answer(200, {'credit_balance': DREAM_KEYS[self.authorize(request, DREAM_KEYS)]})

    def check_dream(self, kind, body):
        """What its OpenAPI document and its list of errors say."""
        self.expect(body.get('aspect_ratio'), DREAM_RATIOS, 'aspect_ratio')
        if kind == 'image':
            self.expect(body.get('format'), (None, 'jpg', 'png'), 'format')
            return
        self.expect(body.get('resolution'), (None, '540p', '720p', '1080p', '4k'), 'resolution')
        self.expect(body.get('duration'), (None, '5s', '9s'), 'duration')
        frames = body.get('keyframes', {})
        if not frames and 'keyframes' in body:
            raise Refusal(self.error(400, 'No keyframes provided'))
        for frame in frames.values():
            self.expect(tuple(sorted(frame)), (('type', 'url'), ('id', 'type')), 'members of a keyframe')
            self.expect(frame['type'], ('image',) if 'url' in frame else ('generation',), 'type of a keyframe')
        if body.get('loop') and 'frame1' in frames:
            raise Refusal(self.error(400, 'Loop is not supported for end frame'))

    def dream_create(self, request, kind):
        key = self.authorize(request, DREAM_KEYS)
        body = request.json()
        self.check_prompt(body)
        models = ('ray-2', 'ray-flash-2') if kind == 'video' else ('photon-1', 'photon-flash-1')
        if body.get('model') not in models:
            return self.error(400, 'Unknown model')
        self.check_dream(kind, body)
        if DREAM_KEYS[key] == 0:
            return self.error(402, 'Insufficient credits')
        job = TimedJob(self.emulator, key, body)
        job.is_video = kind == 'video'
        self.jobs[job.id] = job
        return Answer(201, self.dream_describe(job))

    def dream_describe(self, job):
        phase = job.phase()
        answer = {'id': job.id, 'generation_type': 'video' if job.is_video else 'image', 'failure_reason': None,
                  'created_at': job.date(job.created), 'assets': None, 'model': job.order['model'], 'request': job.order,
                  'state': {'waiting': 'queued', 'running': 'dreaming', 'done': 'completed'}.get(phase, 'failed')}
        if phase == 'done':
            answer['assets'] = {'video' if job.is_video else 'image': self.publish(job)}
        elif phase == 'failed':
            answer['failure_reason'] = job.outcome['fail']
        return answer

    def dream_get(self, request, identifier):
        return Answer(200, self.dream_describe(self.find(request, DREAM_KEYS, identifier)))

    def dream_list(self, request):
        key = self.authorize(request, DREAM_KEYS)
        jobs = [job for job in self.jobs.values() if job.owner == key and not getattr(job, 'is_gone', False)]
        return Answer(200, {'has_more': False, 'count': len(jobs), 'limit': 100, 'offset': 0,
                            'generations': [self.dream_describe(job) for job in jobs]})

    def concepts(self, request):
        self.authorize(request, DREAM_KEYS)
        return Answer(200, ['dolly_zoom', 'orbit_left', 'truck_right'])

    def dream_delete(self, request, identifier):
        if self.authorize(request, DREAM_KEYS) and identifier == PAST and PAST not in self.gone:
            self.gone.add(PAST)
            return Answer(204)
        job = self.find(request, DREAM_KEYS, identifier)
        job.cancel()
        job.is_gone = True
        return Answer(204)

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'input': job.order} for job in self.jobs.values()]


PROVIDER = Luma
