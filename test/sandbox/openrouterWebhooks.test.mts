import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openBench, until, type Bench } from './support.mts';

interface Received {
	headers: Record<string, string>;
	body: string;
}

let receiver: Server;
let callback_url: string;
let received: Received[];

beforeAll(async () => {
	receiver = createServer((request, response) => {
		void text(request).then((body) => {
			received.push({ headers: request.headers as Record<string, string>, body });
			response.writeHead(200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	callback_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
beforeEach(() => (received = []));
afterAll(() => {
	receiver.closeAllConnections();
	receiver.close();
});

const request = { model: 'p-video', prompt: 'A kite', duration: 1 };

async function create(bench: Bench): Promise<string> {
	return (await bench.client.create({ ...request, callback_url })).body.id;
}

/** Verifies a delivery as a receiver does: the time in the header, a comma, the raw body. */
function isGenuine({ headers, body }: Received, secret: string): boolean {
	const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-openrouter-signature'])!;
	const isFresh = Math.abs(Date.now() / 1000 - Number(time)) < 300;
	return isFresh && createHmac('sha256', secret).update(`${time},${body}`).digest('hex') === digest;
}

describe('OpenRouter with a webhook secret', () => {
	const bench = openBench({ dialect: 'openrouter' });

	it('signs a delivery about the finished video, with one idempotency key', async () => {
		const id = await create(bench);
		const [delivery] = await until(() => received.length > 0 && received);
		expect(isGenuine(delivery, bench.sandbox.webhookSecret)).toBe(true);
		expect(isGenuine({ ...delivery, body: `${delivery.body} ` }, bench.sandbox.webhookSecret)).toBe(
			false,
		);
		expect(delivery.headers['x-openrouter-idempotency-key']).toBe(`${id}-completed`);
		expect(JSON.parse(delivery.body)).toEqual({
			type: 'video.generation.completed',
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
			data: {
				id,
				status: 'completed',
				generation_id: expect.any(String),
				model: 'p-video',
				unsigned_urls: [`${bench.sandbox.baseUrl}/videos/${id}/content?index=0`],
				usage: { cost: 0.02, is_byok: false },
			},
		});
	});

	it.each(['cancelled', 'expired'])('sends a delivery for a video that is %s', async (status) => {
		bench.sandbox.addFault({ on: 'create', do: 'job-ends', status });
		const id = await create(bench);
		const [{ body }] = await until(() => received.length > 0 && received);
		expect(JSON.parse(body)).toMatchObject({
			type: `video.generation.${status}`,
			data: { id, status },
		});
		expect((await bench.client.job(id)).body.status).toBe(status);
		expect(bench.sandbox.billing().jobs).toBe(0);
	});

	it('delivers the reason of a failure, as text', async () => {
		await bench.client.create({ ...request, prompt: 'A kite [blocked]', callback_url });
		const [{ body }] = await until(() => received.length > 0 && received);
		expect(JSON.parse(body).data).toMatchObject({
			status: 'failed',
			error: 'Your request was blocked by our moderation system.',
		});
	});

	it('can deliver twice with one key, and late', async () => {
		bench.sandbox.addFault({ on: 'delivery', do: 'double' });
		bench.sandbox.addFault({ on: 'delivery', do: 'late', seconds: 60, after: 1 });
		const first = await create(bench);
		await until(() => received.length === 2);
		const keys = received.map(({ headers }) => headers['x-openrouter-idempotency-key']);
		expect(keys).toEqual([`${first}-completed`, `${first}-completed`]);
		const late = await create(bench);
		await bench.client.ended(late);
		expect(received).toHaveLength(2);
		await until(() => received.length === 3);
		expect(received[2].headers['x-openrouter-idempotency-key']).toBe(`${late}-completed`);
	});

	it.each(['forged', 'stale'] as const)('a %s delivery does not verify', async (effect) => {
		bench.sandbox.addFault({ on: 'delivery', do: effect });
		await create(bench);
		const [delivery] = await until(() => received.length > 0 && received);
		expect(isGenuine(delivery, bench.sandbox.webhookSecret)).toBe(false);
	});

	it('a single delivery can be unsigned', async () => {
		bench.sandbox.addFault({ on: 'delivery', do: 'unsigned' });
		await create(bench);
		const [{ headers }] = await until(() => received.length > 0 && received);
		expect(headers).not.toHaveProperty('x-openrouter-signature');
	});

	it('the control routes can send a test delivery here too', async () => {
		await bench.sandbox.testDelivery(callback_url, 'video.failed');
		const [{ body }] = await until(() => received.length > 0 && received);
		expect(JSON.parse(body).type).toBe('video.generation.failed');
	});
});

describe('OpenRouter without a webhook secret', () => {
	const bench = openBench({ dialect: 'openrouter', signsWebhooks: false });

	it('signs nothing, but sends the idempotency key of the delivery', async () => {
		const id = await create(bench);
		const [{ headers }] = await until(() => received.length > 0 && received);
		expect(headers).not.toHaveProperty('x-openrouter-signature');
		expect(headers['x-openrouter-idempotency-key']).toBe(`${id}-completed`);
	});
});
