# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""fal: the queue of models, prices and the account.

    http://HOST/fal-queue   stands for https://queue.fal.run
    http://HOST/fal-api/v1  stands for https://api.fal.ai/v1
    http://HOST/fal-rest    stands for https://rest.fal.ai

Written from the vendor's platform document (2026-08-21) and the clients fal-ai/fal (2026-08-21) and @fal-ai/client 1.10.1, read on 2026-11-21.
What a status says after a running request was cancelled is not documented; here it ends as completed with an error.
Keys: acme:fal_test_good, acme:fal_test_poor (locked), acme:fal_test_busy (429), admin:fal_test_good (sees the balance).
`{"next": {"output": "black"}}` makes its filter dislike the next picture.
"""

import re

from server import Answer, Provider, Refusal, TimedJob, make_png

KEYS = {'acme:fal_test_good': 'acme', 'acme:fal_test_poor': 'acme', 'acme:fal_test_busy': 'acme', 'admin:fal_test_good': 'acme'}
PRICES = {'fal-ai/flux/dev': (0.025, 'image'), 'fal-ai/flux/schnell': (0.003, 'megapixels'), 'fal-ai/fast-sdxl': (0.0011, 'second'),
          'fal-ai/flux/dev/image-to-image': (0.03, 'megapixels'), 'fal-ai/flux-pro/v1.1-ultra': (0.06, 'image'), 'acme/own-model': (0.01, 'image'),
          'fal-ai/pika/v2.2/text-to-video': (0.04, 'second'), 'fal-ai/pika/v2.2/image-to-video': (0.04, 'second'),
          'fal-ai/pika/v2.2/pikaframes': (0.04, 'second')}
# What a model cannot do without, beside the prompt; the types of @fal-ai/client.
NEEDED = {'fal-ai/flux/dev/image-to-image': 'image_url', 'fal-ai/pika/v2.2/image-to-video': 'image_url', 'fal-ai/pika/v2.2/pikaframes': 'image_urls'}
SIZES = ('square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9')
KEPT_S = 7 * 24 * 3600


class Fal(Provider):
    name = 'fal'
    prefixes = ('/fal-queue/', '/fal-api/', '/fal-rest/')

    def __init__(self, emulator):
        super().__init__(emulator)
        app = r'/fal-queue/([^/]+/[^/]+)'
        self.routes = [
            ('GET', '/fal-api/v1/models', self.models),
            ('GET', '/fal-api/v1/models/pricing', self.pricing),
            ('GET', '/fal-api/v1/account/billing', self.billing),
            ('POST', '/fal-rest/storage/upload/initiate', self.start_upload),
            ('PUT', '/fal-rest/upload/([^/]+)', self.upload),
            ('GET', app + '/requests/([^/]+)/status', self.status),
            ('PUT', app + '/requests/([^/]+)/cancel', self.cancel),
            ('GET', app + '/requests/([^/]+)', self.result),
            ('POST', '/fal-queue/((?!.*/requests/).+)', self.submit),
        ]

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'detail': 'Too many requests'}, headers=headers)

    def authorize(self, request, refuse):
        key = request.bearer('Key')
        if key not in KEYS:
            raise Refusal(refuse(401, 'authorization_error', 'Authentication required'))
        if key.endswith('_busy'):
            raise Refusal(self.throttled(1))
        return key

    # The platform: errors have a form of their own

    @staticmethod
    def platform_error(status, kind, message):
        return Answer(status, {'error': {'type': kind, 'message': message, 'request_id': 'req_1'}})

    @staticmethod
    def describe_input(name):
        """The OpenAPI document of a model, as the queue of fal has one: the input is a schema that the path refers to."""
        schemas = {'Input': {'type': 'object', 'title': 'Input', 'required': [NEEDED.get(name, 'prompt')], 'properties': {
            'prompt': {'type': 'string', 'title': 'Prompt', 'description': 'What is to be seen', 'maxLength': 2000},
            'image_url': {'anyOf': [{'type': 'string'}, {'type': 'null'}], 'title': 'Image Url'},
            'image_size': {'anyOf': [{'$ref': '#/components/schemas/ImageSize'}, {'enum': list(SIZES), 'type': 'string'}], 'title': 'Image Size'},
            'num_images': {'type': 'integer', 'minimum': 1, 'maximum': 4, 'default': 1, 'title': 'Num Images'},
            'sync_mode': {'type': 'boolean', 'default': False, 'title': 'Sync Mode'}}},
            'ImageSize': {'type': 'object', 'properties': {'width': {'type': 'integer'}, 'height': {'type': 'integer'}}}}
        body = {'required': True, 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Input'}}}}
        return {'openapi': '3.0.4', 'info': {'title': name, 'version': '1.0'}, 'components': {'schemas': schemas},
                'paths': {'/%s/requests/{request_id}' % name: {'get': {'responses': {}}}, '/' + name: {'post': {'requestBody': body, 'responses': {}}}},
                'servers': [{'url': 'https://queue.fal.run'}]}

    def models(self, request):
        """Also without a key, but not with a wrong one."""
        self.authorize(request, self.platform_error)
        name = request.query.get('endpoint_id', '')
        if name not in PRICES:
            return self.platform_error(404, 'not_found', 'Endpoint %s not found' % name)
        date = '2025-01-15T12:00:00Z'
        model = {'endpoint_id': name, 'metadata': {
            'display_name': name, 'category': 'text-to-video' if 'pika' in name else 'text-to-image', 'description': 'Makes something', 'status': 'active',
            'tags': [], 'updated_at': date, 'is_favorited': None, 'thumbnail_url': 'https://fal.media/1.jpg', 'model_url': 'https://fal.run/' + name,
            'date': date, 'highlighted': False, 'pinned': False}}
        if request.query.get('expand') == 'openapi-3.0':
            model['openapi'] = self.describe_input(name)
        return Answer(200, {'models': [model], 'next_cursor': None, 'has_more': False})

    def pricing(self, request):
        self.authorize(request, self.platform_error)
        names = [name for name in request.query.get('endpoint_id', '').split(',') if name]
        unknown = [name for name in names if name not in PRICES]
        if not names or unknown:
            return self.platform_error(404 if unknown else 400, 'not_found' if unknown else 'validation_error',
                                       'Endpoint %s not found' % ', '.join(unknown) if unknown else 'endpoint_id is required')
        prices = [{'endpoint_id': name, 'unit_price': PRICES[name][0], 'unit': PRICES[name][1], 'currency': 'USD'} for name in names]
        return Answer(200, {'prices': prices, 'next_cursor': None, 'has_more': False})

    def billing(self, request):
        key = self.authorize(request, self.platform_error)
        if not key.startswith('admin:'):
            return self.platform_error(403, 'authorization_error', 'This key is not an admin key')
        return Answer(200, {'username': 'acme', 'credits': {'current_balance': 24.5, 'currency': 'USD'}})

    # The queue

    @staticmethod
    def queue_error(status, _kind, message):
        return Answer(status, {'detail': message})

    def check_input(self, endpoint, body):
        """What is wrong, and where; or None."""
        needed = NEEDED.get(endpoint, 'prompt')
        if not isinstance(body, dict) or not body.get(needed):
            return needed, 'Field required'
        size = body.get('image_size', 'square')
        if size not in SIZES and not (isinstance(size, dict) and isinstance(size.get('width'), int) and isinstance(size.get('height'), int)):
            return 'image_size', 'Input should be a name or an object'
        if 'pika' in endpoint and not isinstance(body.get('duration', '5'), str):
            return 'duration', "Input should be '5' or '10'"
        picture = body.get('image_url', '')
        if picture.startswith(self.emulator.delivery_url) and not self.emulator.files.get(picture.split('/')[-2], (b'',))[0]:
            return 'image_url', 'Failed to load the image'
        return None

    def submit(self, request, endpoint):
        key = self.authorize(request, self.queue_error)
        if key.endswith('_poor'):
            return self.queue_error(403, None, 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.')
        if endpoint not in PRICES:
            return self.queue_error(404, None, 'Application \'%s\' not found' % endpoint.split('/')[-1])
        body = request.json()
        mistake = self.check_input(endpoint, body)
        if mistake is not None:
            return Answer(422, {'detail': [{'loc': ['body', mistake[0]], 'msg': mistake[1], 'type': 'value_error'}]},
                          headers={'X-Fal-Retryable': 'false'})
        job = TimedJob(self.emulator, KEYS[key], body)
        job.endpoint = endpoint
        job.app = '/'.join(endpoint.split('/')[:2])
        self.jobs[job.id] = job
        return Answer(200, self.describe(job), headers={'x-fal-request-id': job.id})

    def describe(self, job):
        url = '%s/fal-queue/%s/requests/%s' % (self.emulator.url, job.app, job.id)
        phase = job.phase()
        answer = {'status': {'waiting': 'IN_QUEUE', 'running': 'IN_PROGRESS'}.get(phase, 'COMPLETED'), 'request_id': job.id,
                  'response_url': url, 'status_url': url + '/status', 'cancel_url': url + '/cancel'}
        if phase == 'waiting':
            waiting = [other for other in self.jobs.values() if other.phase() == 'waiting']
            answer['queue_position'] = waiting.index(job) if job in waiting else 0
        return answer

    def find(self, request, app, identifier):
        key = self.authorize(request, self.queue_error)
        job = self.jobs.get(identifier)
        if job is None or job.app != app or job.owner != KEYS[key]:
            raise Refusal(self.queue_error(404, None, 'Request not found'))
        return job

    def status(self, request, app, identifier):
        job = self.find(request, app, identifier)
        answer = self.describe(job)
        if answer['status'] != 'IN_QUEUE' and request.query.get('logs') == '1':
            steps = int(job.progress() * 20)
            answer['logs'] = [{'message': '%d%%|%s| %d/20' % (step * 5, '#' * step, step), 'level': 'INFO', 'source': 'USER',
                               'timestamp': job.date(job.starts + step)} for step in range(steps + 1)]
        if answer['status'] == 'COMPLETED':
            answer['metrics'] = {'inference_time': job.run_s}
            if job.phase() == 'cancelled':
                answer.update(error='Request was cancelled', error_type='request_cancelled')
        return Answer(200 if answer['status'] == 'COMPLETED' else 202, answer)

    def result(self, request, app, identifier):
        job = self.find(request, app, identifier)
        phase = job.phase()
        if phase in ('waiting', 'running'):
            return self.queue_error(400, None, 'Request is still in progress')
        if phase != 'done':
            return Answer(422, {'detail': [{'loc': ['body'], 'msg': job.outcome.get('fail', 'Request was cancelled'), 'type': 'value_error'}]})
        if 'video' in job.endpoint or 'pika' in job.endpoint:
            url = self.publish(job, 'clip.mp4', b'\0\0\0\x18ftypmp42' + bytes(64), 'video/mp4')
            return Answer(200, {'video': {'url': url, 'content_type': 'video/mp4', 'file_name': 'clip.mp4', 'file_size': 76}})
        count = int(job.order.get('num_images', 1))
        images = [{'url': self.publish(job, '%d.png' % index, make_png(seed=index), 'image/png'), 'content_type': 'image/png', 'width': 48,
                   'height': 32} for index in range(count)]
        return Answer(200, {'images': images, 'seed': 7, 'prompt': job.order.get('prompt', ''), 'has_nsfw_concepts': [job.outcome.get('output') == 'black'] * count})

    def publish(self, job, name, body, media_type):
        """The same address every time it is asked for."""
        known = job.__dict__.setdefault('files', {})
        if name not in known:
            known[name] = self.emulator.publish(name, body, media_type, KEPT_S)
        return known[name]

    def cancel(self, request, app, identifier):
        job = self.find(request, app, identifier)
        phase = job.phase()
        if phase not in ('waiting', 'running'):
            return Answer(400, {'status': 'ALREADY_COMPLETED'})
        job.cancel()
        if phase == 'waiting':
            return Answer(200, {'status': 'OK'})
        return Answer(202, {'status': 'CANCELLATION_REQUESTED'})

    # Files

    def start_upload(self, request):
        self.authorize(request, self.queue_error)
        body = request.json()
        if not isinstance(body, dict) or 'file_name' not in body or 'content_type' not in body:
            return self.queue_error(422, None, 'content_type and file_name are required')
        if request.query.get('storage_type') != 'fal-cdn-v3':
            return self.queue_error(422, None, 'unknown storage_type')
        name = re.sub(r'[^A-Za-z0-9._-]', '_', body['file_name'])
        return Answer(200, {'upload_url': '%s/fal-rest/upload/%s' % (self.emulator.url, name),
                            'file_url': self.emulator.publish(name, b'', body['content_type'], KEPT_S)})

    def upload(self, request, name):
        """The address is the permission; a key has no business here."""
        if 'Authorization' in request.headers:
            return self.queue_error(400, None, 'Only one auth mechanism allowed')
        for token, entry in self.emulator.files.items():
            if entry[0] == b'' and entry[1] == request.headers.get('Content-Type'):
                self.emulator.files[token] = (request.body, entry[1], entry[2])
                return Answer(200, b'', 'text/plain')
        return self.queue_error(404, None, 'no such upload: ' + name)

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.jobs.values():
                job.schedule()

    def list_jobs(self):
        return [{'id': job.id, 'state': job.phase(), 'input': job.order, 'model': job.endpoint} for job in self.jobs.values()]


PROVIDER = Fal
