# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulated services of AWS share: signatures, forms of answers, and a bucket.

    http://HOST/PLACE/SERVICE.REGION.amazonaws.com/  stands for https://SERVICE.REGION.amazonaws.com/

Every signature is recomputed (Signature Version 4, AWS General Reference, read on 2026-11-21), with the path as it came here. Access keys:
AKIATESTGOOD, AKIATESTDENIED (may do nothing), ASIATESTTEMPORARY (needs its session token); the secret key is aws_test_good for each.
"""

import hashlib
import hmac
import json
import re
import time
import urllib.parse
import uuid
from xml.sax.saxutils import escape

from server import Answer, Provider, Refusal

SECRET = 'aws_test_good'
SESSION = 'session_test_good'
KEYS = {'AKIATESTGOOD': None, 'AKIATESTDENIED': None, 'ASIATESTTEMPORARY': SESSION}
DENIED = 'AKIATESTDENIED'
ACCOUNT = '123456789012'
SKEW_S = 300
AUTHORIZATION = re.compile(r'AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?'
                           r'Signature=([0-9a-f]{64})')
MUST_SIGN = ('host', 'x-amz-date', 'content-type', 'x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256')


def quote(text):
    return urllib.parse.quote(text, safe='-_.~')


def digest(data):
    return hashlib.sha256(data).hexdigest()


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def make_signature(secret, date, region, service, moment, canonical):
    scope = '/'.join((date, region, service, 'aws4_request'))
    text = '\n'.join(('AWS4-HMAC-SHA256', moment, scope, digest(canonical.encode())))
    key = ('AWS4' + secret).encode()
    for part in (date, region, service, 'aws4_request'):
        key = sign(key, part)
    return sign(key, text).hex()


def make_canonical(request, service, signed):
    """The request in the form that is signed; S3 takes the path as it is sent, the others encode it once more."""
    path = request.path if service == 's3' else urllib.parse.quote(request.path, safe='/-_.~')
    query = '&'.join(sorted('%s=%s' % (quote(name), quote(value)) for name, value in request.query.items()))
    lines = ['%s:%s\n' % (name, ' '.join(request.headers.get(name, '').split())) for name in signed]
    return '\n'.join((request.method, path, query, ''.join(lines), ';'.join(signed), digest(request.body)))


def to_xml(name, value):
    """A dict is an element with others in it, a list a set of items."""
    if isinstance(value, dict):
        value = ''.join(to_xml(*pair) for pair in value.items())
    elif isinstance(value, list):
        value = ''.join(to_xml('item', item) for item in value)
    elif isinstance(value, bool):
        value = 'true' if value else 'false'
    else:
        value = escape(str(value))
    return '<%s>%s</%s>' % (name, value, name)


def xml_answer(name, value, namespace='http://ec2.amazonaws.com/doc/2016-11-15/', status=200):
    inner = ''.join(to_xml(*pair) for pair in value.items())
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<%s%s>%s</%s>' % (name, ' xmlns="%s"' % namespace if namespace else '', inner, name)
    return Answer(status, text.encode(), 'text/xml;charset=UTF-8')


def ec2_error(status, code, message):
    return xml_answer('Response', {'Errors': {'Error': {'Code': code, 'Message': message}}, 'RequestID': uuid.uuid4()}, None, status)


def query_error(status, code, message):
    return xml_answer('ErrorResponse', {'Error': {'Type': 'Sender', 'Code': code, 'Message': message}, 'RequestId': uuid.uuid4()},
                      'https://sts.amazonaws.com/doc/2011-06-15/', status)


def json_error(status, code, message):
    member = 'Message' if code.startswith('Resource') else 'message'
    return Answer(status, {'__type': code, member: message}, 'application/x-amz-json-1.1')


def s3_error(status, code, message):
    return xml_answer('Error', {'Code': code, 'Message': message, 'RequestId': uuid.uuid4()}, None, status)


ERRORS = {'ec2': ec2_error, 'sts': query_error, 's3': s3_error}


class Aws(Provider):
    """Calls `SERVICE_ACTION(call)` of the subclass, once the signature is found right."""

    place = ''

    def __init__(self, emulator):
        super().__init__(emulator)
        self.prefixes = ('/%s/' % self.place,)
        self.objects = {}

    def throttled(self, retry_after):
        # What EC2 says when there were too many; SDKs try again on it as on any 503.
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        answer = ec2_error(503, 'RequestLimitExceeded', 'Request limit exceeded.')
        answer.headers.update(headers)
        return answer

    def handle(self, request):
        match = re.fullmatch(r'/%s/(?:(.+)\.)?([a-z0-9.]+?)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(/.*)' % self.place, request.path)
        if match is None:
            return s3_error(404, 'NoSuchHost', 'no such host')
        call = Call(request, *match.groups())
        refuse = ERRORS.get(call.service, json_error)
        problem = call.check_signature(refuse)
        if problem is not None:
            return problem
        handler = getattr(self, '%s_%s' % (call.service, call.action()), None)
        if handler is None:
            return refuse(400, 'InvalidAction', 'The action %s is not valid' % call.action())
        if call.access_key == DENIED and call.service != 'sts':
            code = 'UnauthorizedOperation' if call.service == 'ec2' else 'AccessDeniedException'
            return refuse(403 if call.service == 'ec2' else 400, code, 'You are not authorized to perform this operation.')
        return handler(call)

    def sts_GetCallerIdentity(self, call):
        return xml_answer('GetCallerIdentityResponse', {
            'GetCallerIdentityResult': {'Arn': 'arn:aws:iam::%s:user/render' % ACCOUNT, 'UserId': 'AIDAEMULATED', 'Account': ACCOUNT},
            'ResponseMetadata': {'RequestId': uuid.uuid4()}}, 'https://sts.amazonaws.com/doc/2011-06-15/')

    # Prices, of whatever `products` yields: attributes, a number of the product, dollars an hour.

    product_code = ''
    product_family = ''
    products_a_page = 100

    def products(self):
        return ()

    @staticmethod
    def is_wanted(attributes, given):
        has = attributes.get(given['Field'])
        values = given['Value'].split(',')
        return {'TERM_MATCH': has == given['Value'], 'EQUALS': has == given['Value'], 'CONTAINS': given['Value'] in (has or ''),
                'ANY_OF': has in values, 'NONE_OF': has not in values}[given['Type']]

    def describe_product(self, attributes, sku, price):
        rate = {'unit': 'Hrs', 'beginRange': '0', 'endRange': 'Inf', 'pricePerUnit': {'USD': price}, 'appliesTo': []}
        terms = {sku + '.JRTCKXETXF': {'sku': sku, 'offerTermCode': 'JRTCKXETXF', 'priceDimensions': {sku + '.JRTCKXETXF.6YS6EN2CT7': rate}}}
        return json.dumps({'product': {'productFamily': self.product_family, 'attributes': attributes, 'sku': sku},
                           'serviceCode': self.product_code, 'terms': {'OnDemand': terms}, 'version': '20261101000000'})

    def pricing_GetProducts(self, call):
        order = call.json()
        begin = int(order.get('NextToken', '0'))
        if order.get('ServiceCode') != self.product_code or not 1 <= order.get('MaxResults', 100) <= 100:
            return json_error(400, 'InvalidParameterException', 'Input Parameters are invalid.')
        found = [self.describe_product(attributes, sku, price) for attributes, sku, price in self.products()
                 if all(self.is_wanted(dict(attributes, productFamily=self.product_family), given) for given in order.get('Filters', []))]
        end = begin + min(order.get('MaxResults', 100), self.products_a_page)
        more = {'NextToken': str(end)} if end < len(found) else {}
        return Answer(200, {'FormatVersion': 'aws_v1', 'PriceList': found[begin:end], **more}, 'application/x-amz-json-1.1')

    # The bucket

    def s3_list(self, call):
        prefix = call.request.query.get('prefix', '')
        is_quoted = call.request.query.get('encoding-type') == 'url'
        found = [{'Key': quote(key).replace('%2F', '/') if is_quoted else key, 'Size': len(body)}
                 for (bucket, key), body in sorted(self.objects.items()) if bucket == call.bucket and key.startswith(prefix)]
        text = ''.join(to_xml('Contents', entry) for entry in found)
        head = ''.join((to_xml('Name', call.bucket), to_xml('Prefix', prefix), to_xml('KeyCount', len(found)), to_xml('IsTruncated', False)))
        head += to_xml('EncodingType', 'url') if is_quoted else ''
        return Answer(200, ('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s%s</ListBucketResult>' % (head, text)).encode(),
                      'application/xml')

    def s3_GET(self, call):
        body = self.objects.get((call.bucket, urllib.parse.unquote(call.path[1:])))
        if body is None:
            return s3_error(404, 'NoSuchKey', 'The specified key does not exist.')
        return Answer(200, body, 'image/png' if call.path.endswith('.png') else 'binary/octet-stream')

    def s3_PUT(self, call):
        self.objects[(call.bucket, urllib.parse.unquote(call.path[1:]))] = call.request.body
        return Answer(200, b'', 'application/xml')


class Call:
    """One request at one service."""

    def __init__(self, request, bucket, host, region, path):
        self.request = request
        self.bucket = bucket
        self.host = host
        self.region = region
        self.path = path
        # The control plane of SageMaker is at another host than its name for signatures.
        self.service = 'sagemaker' if host == 'sagemaker' else host
        self.access_key = None
        self.form = {}
        if 'x-www-form-urlencoded' in request.headers.get('Content-Type', ''):
            self.form = dict(urllib.parse.parse_qsl(request.body.decode('utf-8'), keep_blank_values=True))

    def action(self):
        if self.service == 's3':
            return 'list' if self.request.method == 'GET' and self.path == '/' else self.request.method
        target = self.request.headers.get('X-Amz-Target')
        if target is not None:
            return target.split('.')[-1]
        if self.bucket == 'runtime':
            return self.path.split('/')[-1].replace('-', '_')
        return self.form.get('Action', '')

    def json(self):
        return self.request.json() or {}

    def check_signature(self, refuse):
        """The answer of a server that does not believe it, or None."""
        headers = self.request.headers
        match = AUTHORIZATION.fullmatch(headers.get('Authorization', ''))
        if match is None:
            return refuse(401 if refuse is ec2_error else 403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
        key, date, region, service, signed, signature = match.groups()
        if key not in KEYS:
            code = {'ec2': 'AuthFailure', 'sts': 'InvalidClientTokenId', 's3': 'InvalidAccessKeyId'}.get(self.service, 'UnrecognizedClientException')
            return refuse(401 if refuse is ec2_error else 403 if refuse is not json_error else 400, code, 'AWS was not able to validate the credentials')
        wrong = self.find_mistake(KEYS[key], date, region, service, signed.split(';'), signature)
        if wrong is not None:
            return refuse(403 if refuse is not json_error else 400, 'SignatureDoesNotMatch', wrong)
        self.access_key = key
        return None

    def find_mistake(self, session, date, region, service, signed, signature):
        headers = self.request.headers
        moment = headers.get('X-Amz-Date', '')
        if headers.get('X-Amz-Security-Token') != session:
            return 'The security token included in the request is invalid'
        if (region, service) != (self.region, self.service):
            return 'Credential should be scoped to %s and %s' % (self.region, self.service)
        if signed != sorted(signed) or any(name in headers and name not in signed for name in MUST_SIGN):
            return 'There were headers present in the request which were not signed'
        if service == 's3' and headers.get('X-Amz-Content-SHA256') != digest(self.request.body):
            return 'The provided x-amz-content-sha256 header does not match what was computed'
        if not is_near(moment) or not moment.startswith(date):
            return 'Signature expired'
        right = make_signature(SECRET, date, region, service, moment, make_canonical(self.request, service, signed))
        if not hmac.compare_digest(right, signature):
            return 'The request signature we calculated does not match the signature you provided'
        return None


def is_near(moment):
    try:
        parsed = time.mktime(time.strptime(moment, '%Y%m%dT%H%M%SZ')) - time.timezone
    except ValueError:
        return False
    return abs(parsed - time.time()) < SKEW_S
