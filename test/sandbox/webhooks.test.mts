import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { native } from '../support/native.mts';
import { clientOf, startSandbox, until, type Client, type Sandbox } from './support.mts';

let Webhook: typeof import('standardwebhooks').Webhook;
let sandbox: Sandbox;
let client: Client;
let receiver: Server;
let webhook_url: string;
let received: { headers: Record<string, string>; body: string }[];
/** Response statuses, one after the other; 200 when none is left. */
let answers: number[];

beforeAll(async () => {
	({ Webhook } = await native<typeof import('standardwebhooks')>('standardwebhooks'));
	sandbox = await startSandbox({ speed: 60 });
	client = clientOf(sandbox);
	receiver = createServer((request, response) => {
		void text(request).then((body) => {
			received.push({ headers: request.headers as Record<string, string>, body });
			response.writeHead(answers.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	webhook_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/video?key=1`;
});
beforeEach(async () => {
	await sandbox.reset();
	received = [];
	answers = [];
});
afterAll(async () => {
	receiver.closeAllConnections();
	receiver.close();
	await sandbox.close();
});

const request = { model: 'p-video', prompt: 'A kite', seconds: 1, resolution: '480p' };

async function create(prompt = request.prompt): Promise<string> {
	const { body } = await client.create({ ...request, prompt, webhook_url });
	return body.id;
}

it('the Standard Webhooks library verifies a delivery with the secret of the API', async () => {
	const id = await create();
	const [{ headers, body }] = await until(() => received.length > 0 && received);

	const { key } = (await client.get('/v1/webhooks/secret')).body;
	const requestId = id.replace('video_', 'req_');
	expect(new Webhook(key).verify(body, headers)).toEqual({
		type: 'video.completed',
		data: {
			object: 'video.generation',
			id: requestId,
			model: 'p-video',
			status: 'completed',
			output: { url: expect.stringContaining(sandbox.mediaUrl) },
		},
	});
	expect(headers['webhook-id']).toBe(`msg_${requestId}`);
	expect(() => new Webhook(key).verify(body.replace('p-video', 'q-video'), headers)).toThrow();
});

it('the ID in a delivery finds the job', async () => {
	const id = await create();
	const [{ body }] = await until(() => received.length > 0 && received);
	expect((await client.get(`videos/${JSON.parse(body).data.id}`)).body.id).toBe(id);
});

it('a delivery without a response is repeated after 5 and 15 seconds, but not after a success', async () => {
	answers = [500, 302];
	await create();
	const attempts = await until(() => sandbox.deliveries().length === 3 && sandbox.deliveries());
	expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
		[1, 500],
		[2, 302],
		[3, 200],
	]);
	expect(attempts[1].at - attempts[0].at).toBeGreaterThanOrEqual(5_000);
	expect(attempts[2].at - attempts[1].at).toBeGreaterThanOrEqual(15_000);
	expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

it('after three repeats it gives up', async () => {
	answers = [500, 500, 500, 500];
	await create();
	const attempts = await until(() => sandbox.deliveries().length === 4 && sandbox.deliveries());
	expect(attempts[3].at - attempts[2].at).toBeGreaterThanOrEqual(45_000);
	expect(attempts.every(({ status }) => status === 500)).toBe(true);
});

it('failed and cancelled jobs are delivered too', async () => {
	await create('A kite [fails]');
	const cancelled = await create('A balloon');
	await client.call('DELETE', `videos/${cancelled}`);
	const types = await until(
		() => received.length === 2 && received.map(({ body }) => JSON.parse(body).type),
	);
	expect(types.sort()).toEqual(['video.cancelled', 'video.failed']);
});

it.each([
	['plain http', 'http://example.com/hook'],
	['an IP address', 'https://203.0.113.7/hook'],
	['another port', 'https://example.com:9000/hook'],
	['no URL', 'hook'],
])('a webhook URL with %s is refused before a job is created', async (_, url) => {
	const { status, body } = await client.create({ ...request, webhook_url: url });
	expect([status, body.error.code]).toEqual([400, 'INVALID_REQUEST']);
	expect(sandbox.jobs()).toEqual([]);
});

describe('faults of a delivery', () => {
	const ids = () => received.map(({ headers }) => headers['webhook-id']);
	const genuine = ({ headers, body }: (typeof received)[number]) => {
		try {
			new Webhook(sandbox.webhookSecret).verify(body, headers);
			return true;
		} catch {
			return false;
		}
	};

	it('double: the same delivery twice', async () => {
		sandbox.addFault({ on: 'delivery', do: 'double' });
		await create();
		await until(() => received.length === 2);
		expect(ids()[0]).toBe(ids()[1]);
		expect(received.map(genuine)).toEqual([true, true]);
	});

	it.each(['forged', 'stale'] as const)(
		'%s: the library refuses it, and the next one is valid',
		async (effect) => {
			sandbox.addFault({ on: 'delivery', do: effect });
			await create();
			await until(() => received.length === 1);
			await create();
			await until(() => received.length === 2);
			expect(received.map(genuine)).toEqual([false, true]);
		},
	);

	it('late: it arrives after that of a later job', async () => {
		sandbox.addFault({ on: 'delivery', do: 'late', seconds: 60 });
		const first = await create();
		await client.ended(first);
		const second = await create();
		await until(() => received.length === 2);
		expect(ids()).toEqual([second, first].map((id) => `msg_${id.replace('video_', 'req_')}`));
	});

	it('lost: it never arrives', async () => {
		sandbox.addFault({ on: 'delivery', do: 'lost' });
		await client.ended(await create());
		const second = await create();
		await until(() => received.length === 1);
		expect(ids()).toEqual([`msg_${second.replace('video_', 'req_')}`]);
	});
});

it('faults of any request do not affect the deliveries', async () => {
	const id = await create();
	sandbox.addFault({ on: 'any', do: 'status', status: 500 });
	await until(() => received.length === 1);
	expect((await client.job(id)).status).toBe(500);
});

it.each([
	['video.completed', 'completed'],
	['video.failed', 'failed'],
	['video.cancelled', 'cancelled'],
] as const)('the control route makes a test delivery: %s', async (type, status) => {
	const { status: answered } = await client.call('POST', '/_sandbox/deliver', {
		url: webhook_url,
		type,
	});
	expect(answered).toBe(202);
	const [{ body }] = await until(() => received.length > 0 && received);
	expect(JSON.parse(body)).toMatchObject({ type, data: { status } });
	expect((await client.job(JSON.parse(body).data.id)).body.status).toBe(status);
});

it('the control route reports what is wrong with a create for a delivery', async () => {
	const refused = await client.call('POST', '/_sandbox/deliver', { url: 'http://example.com' });
	expect(refused).toMatchObject({
		status: 400,
		body: { error: { message: expect.stringMatching(/https/) } },
	});
	expect((await client.call('POST', '/_sandbox/deliver', { url: 'x' })).status).toBe(400);
});

it('a sandbox can use the same job IDs in deliveries and in its API', async () => {
	const other = await startSandbox({ speed: 60, renderer: 'tiny', deliveryIds: 'video' });
	const { body } = await clientOf(other).create({ ...request, webhook_url });
	const [delivery] = await until(() => received.length > 0 && received);
	expect(JSON.parse(delivery.body).data.id).toBe(body.id);
	await other.close();
});

it('a sandbox can have a limited number of connections for its deliveries', async () => {
	let open = 0;
	let most = 0;
	const slow = createServer((_, response) => {
		most = Math.max(most, ++open);
		setTimeout(() => {
			open--;
			response.end();
		}, 50);
	});
	await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
	const other = await startSandbox({ speed: 60, renderer: 'tiny', webhookConnections: 2 });
	other.addFault({ on: 'create', do: 'stuck', times: 6 });
	const { port } = slow.address() as AddressInfo;
	for (let index = 0; index < 6; index++)
		await clientOf(other).create({ ...request, webhook_url: `http://127.0.0.1:${port}/video` });
	await until(() => other.jobs().every(({ status }) => status === 'in_progress'));
	other.releaseStuck();
	await until(() => other.deliveries().length === 6);
	expect(most).toBe(2);
	await other.close();
	slow.close();
});
