import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { openRouterWebhook } from '../../../nodes/Lumenfall/transport/dialects/openRouter/webhook';

const AT = 1_795_400_000_000;
const SECRET = 'a secret of the workspace';
const BODY = Buffer.from('{"type":"video.generation.completed"}');

const sign = (secret: string, body: Buffer, t = String(AT / 1000)) =>
	`t=${t},v1=${createHmac('sha256', secret).update(`${t},`).update(body).digest('hex')}`;
const check = (header: string | string[] | undefined, secret = SECRET, body = BODY, at = AT) =>
	openRouterWebhook
		.readSignature({ 'x-openrouter-signature': header }, at)
		?.isSignedWith(secret, body) ?? false;

test('the signature covers the time, a comma and the body; any change makes it forged', () => {
	const good = sign(SECRET, BODY);
	expect(check(good)).toBe(true);
	expect(check(good, 'another secret')).toBe(false);
	expect(check(good, SECRET, Buffer.from(`${BODY} `))).toBe(false);
	expect(check(good.replace(/^t=\d+/, `t=${AT / 1000 + 1}`))).toBe(false);
	const withFullStop = createHmac('sha256', SECRET)
		.update(`${AT / 1000}.${BODY}`)
		.digest('hex');
	expect(check(`t=${AT / 1000},v1=${withFullStop}`)).toBe(false);
});

test('a delivery may be up to five minutes old; older ones and those from the future are refused', () => {
	const good = sign(SECRET, BODY);
	expect(check(good, SECRET, BODY, AT + 300_000)).toBe(true);
	expect(check(good, SECRET, BODY, AT + 300_001)).toBe(false);
	expect(check(good, SECRET, BODY, AT - 300_000)).toBe(true);
	expect(check(good, SECRET, BODY, AT - 300_001)).toBe(false);
});

test.each([
	['nothing', undefined],
	['two headers', [sign(SECRET, BODY), sign(SECRET, BODY)]],
	['no time', sign(SECRET, BODY).replace(/^t=\d+,/, '')],
	['no digest', `t=${AT / 1000}`],
	['a cut digest', sign(SECRET, BODY).slice(0, -2)],
	['another version', sign(SECRET, BODY).replace('v1', 'v0')],
	['a time in words', sign(SECRET, BODY, 'now')],
	['more than a header holds', `${'v1=,'.repeat(300)}${sign(SECRET, BODY)}`],
])('the header %s contains no signature', (_, header) => expect(check(header)).toBe(false));

test('one valid digest among several is enough, as while a secret is being changed', () => {
	const [time, digest] = sign(SECRET, BODY).split(',');
	expect(check(`${time}, v1=${'0'.repeat(64)}, ${digest}`)).toBe(true);
});

test('with an empty secret, no signature is valid', () =>
	expect(check(sign('', BODY), '')).toBe(false));

test('any signed body is genuine, and forged under another secret', () => {
	const secrets = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'));
	fc.assert(
		fc.property(secrets, secrets, fc.uint8Array(), (secret, other, bytes) => {
			const body = Buffer.from(bytes);
			expect(check(sign(secret, body), secret, body)).toBe(true);
			expect(check(sign(secret, body), other, body)).toBe(secret === other);
		}),
	);
});

test.each([
	['video.generation.completed', 'video.completed'],
	['video.generation.failed', 'video.failed'],
	['video.generation.cancelled', 'video.cancelled'],
	['video.generation.expired', 'video.failed'],
	['video.generation.started', undefined],
	['toString', undefined],
])('%s is the trigger event %s', (type, event) => {
	const read = openRouterWebhook.decode({ type, data: { id: 'gen-vid-1', status: 'x' } });
	expect(read).toEqual(event && { event, videoId: 'gen-vid-1' });
});

test.each([null, 'text', {}, { type: 'video.generation.completed' }, { data: { id: '1' } }])(
	'%j is not a delivery',
	(body) => expect(openRouterWebhook.decode(body)).toBeUndefined(),
);
