import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { lumenfallWebhook } from '../../../nodes/Lumenfall/transport/dialects/lumenfall/webhook';

/** The example of the Standard Webhooks specification. */
const published = {
	secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
	body: Buffer.from('{"test": 2432232314}'),
	at: 1_614_265_330_000,
	headers: {
		'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		'webhook-timestamp': '1614265330',
		'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
	},
};

const check = ({ headers = {}, body = published.body, secret = published.secret, at = 0 } = {}) =>
	lumenfallWebhook
		.readSignature({ ...published.headers, ...headers }, published.at + at)
		?.isSignedWith(secret, body) ?? false;

test('the published example is genuine, and any change makes it forged', () => {
	expect(check()).toBe(true);
	expect(check({ body: Buffer.from('{"test": 2432232315}') })).toBe(false);
	expect(check({ body: Buffer.from('{"test":2432232314}') })).toBe(false);
	expect(check({ headers: { 'webhook-id': 'msg_other' } })).toBe(false);
	expect(check({ headers: { 'webhook-timestamp': '1614265331' } })).toBe(false);
	expect(check({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx' })).toBe(false);
});

test('a delivery may be up to five minutes old; older ones and those from the future are refused', () => {
	expect(check({ at: 300_000 })).toBe(true);
	expect(check({ at: 300_001 })).toBe(false);
	expect(check({ at: -300_000 })).toBe(true);
	expect(check({ at: -300_001 })).toBe(false);
});

test.each([
	['no id', { 'webhook-id': undefined }],
	['no timestamp', { 'webhook-timestamp': undefined }],
	['no signature', { 'webhook-signature': undefined }],
	['an empty signature', { 'webhook-signature': '' }],
	[
		'another version',
		{ 'webhook-signature': published.headers['webhook-signature'].replace('v1', 'v2') },
	],
	['a timestamp in words', { 'webhook-timestamp': 'now' }],
	['two headers of one name', { 'webhook-id': ['a', 'b'] }],
	['a cut signature', { 'webhook-signature': 'v1,g0hM9SsE' }],
])('a delivery with %s is forged', (_, headers) => {
	expect(check({ headers })).toBe(false);
});

test('one valid signature among several is enough, as while a secret is being changed', () => {
	const good = published.headers['webhook-signature'];
	expect(check({ headers: { 'webhook-signature': `v1,AAAA v1a,x ${good}` } })).toBe(true);
});

test('with an empty secret, no signature is valid', () => {
	const body = Buffer.from('{}');
	expect(check({ secret: '', body })).toBe(false);
	expect(check({ secret: 'whsec_', body })).toBe(false);
});

test('a signature of the standardwebhooks package is genuine, and forged under another secret', () => {
	// All of one length: HMAC pads short keys with zeros, so a key and the same key with added zeros are equal.
	const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
		return `whsec_${Buffer.from(bytes).toString('base64')}`;
	});
	fc.assert(
		fc.property(secrets, secrets, fc.string(), fc.uuid(), (secret, other, text, id) => {
			const signature = new Webhook(secret).sign(id, new Date(published.at), text);
			const headers = { 'webhook-id': id, 'webhook-signature': signature };
			expect(check({ headers, body: Buffer.from(text), secret })).toBe(true);
			expect(check({ headers, body: Buffer.from(text), secret: other })).toBe(secret === other);
		}),
	);
});
