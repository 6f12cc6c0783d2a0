import type { Fault } from '../../sandbox/createSandbox.mts';
import { clientOf, startSandbox, until, type Sandbox } from './support.mts';

let sandbox: Sandbox;
let client: ReturnType<typeof clientOf>;
let strict: Sandbox;
let strictClient: ReturnType<typeof clientOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 60 });
	client = clientOf(sandbox);
	strict = await startSandbox({ speed: 60, dialect: 'openai' });
	strictClient = clientOf(strict);
});
beforeEach(async () => {
	await sandbox.reset();
	await strict.reset();
});
afterAll(async () => {
	await sandbox.close();
	await strict.close();
});

const request = { model: 'p-video', prompt: 'A green kite', seconds: 1, resolution: '480p' };
const strictRequest = { prompt: 'A green kite' };

async function finishedUrl(): Promise<string> {
	const { body } = await client.create(request);
	return (await client.ended(body.id)).output.url;
}

async function finishedContent(): Promise<string> {
	const { body } = await strictClient.create(strictRequest);
	await strictClient.ended(body.id);
	return `${strict.baseUrl}/videos/${body.id}/content`;
}

const withKey = () => ({ headers: { authorization: `Bearer ${strict.apiKey}` } });

describe('On creating', () => {
	it('`status` responds instead of creating a job, with the given Retry-After', async () => {
		sandbox.addFault({ on: 'create', do: 'status', status: 429, retryAfterSeconds: 7 });
		const answer = await client.create(request);
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
		expect(answer.body.error.code).toBe('RATE_LIMITED');
		expect(sandbox.jobs()).toEqual([]);
		expect((await client.create(request)).status).toBe(202);
	});

	it('`status` 404 of Lumenfall names no model, whatever the request is', async () => {
		sandbox.addFault({ on: 'any', do: 'status', status: 404, times: 2 });
		for (const answer of [await client.create(request), await client.get('videos/video_1')]) {
			expect([answer.status, answer.body.error]).toEqual([
				404,
				{ code: 'NOT_FOUND', message: 'Not found', type: 'invalid_request_error' },
			]);
		}
	});

	it('`status` can have its own body, JSON or a page', async () => {
		sandbox.addFault({ on: 'create', do: 'status', status: 409, body: { error: 'odd' } });
		sandbox.addFault({ on: 'create', do: 'status', status: 502, body: '<h1>Bad gateway</h1>' });
		expect((await client.create(request)).body).toEqual({ error: 'odd' });
		const page = await client.create(request);
		expect([page.headers.get('content-type'), page.body]).toEqual([
			expect.stringContaining('text/html'),
			'<h1>Bad gateway</h1>',
		]);
	});

	it('`status-after` hides the created job', async () => {
		sandbox.addFault({ on: 'create', do: 'status-after', status: 500 });
		const answer = await client.create(request);
		expect([answer.status, answer.body.error.code]).toEqual([500, 'INTERNAL_ERROR']);
		expect(sandbox.jobs()).toHaveLength(1);
	});

	it.each([
		['reset-before', 0],
		['reset-after', 1],
	] as const)('`%s` cuts the connection and leaves %i jobs', async (effect, jobs) => {
		sandbox.addFault({ on: 'create', do: effect });
		await expect(client.create(request)).rejects.toThrow('fetch failed');
		expect(sandbox.jobs()).toHaveLength(jobs);
		expect(sandbox.requests()).toMatchObject([{ kind: 'create', status: null }]);
	});

	it('`slow` creates the job immediately and responds late', async () => {
		sandbox.addFault({ on: 'create', do: 'slow', delayMs: 300 });
		let isAnswered = false;
		const answer = client.create(request).finally(() => (isAnswered = true));
		await until(() => sandbox.jobs().length === 1);
		await afterMs(100);
		expect(isAnswered).toBe(false);
		expect((await answer).status).toBe(202);
	});

	it('a dry run is not a create', async () => {
		sandbox.addFault({ on: 'create', do: 'status', status: 500 });
		expect((await client.call('POST', 'videos?dryRun=true', request)).status).toBe(200);
	});
});

function afterMs(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('On the status', () => {
	it('`stuck` on create keeps the job at 99 %', async () => {
		strict.addFault({ on: 'create', do: 'stuck' });
		const { body } = await strictClient.create(strictRequest);
		const status = async () => (await strictClient.get(`videos/${body.id}`)).body;
		await until(async () => (await status()).progress === 99);
		// Longer than a job takes.
		await afterMs(200);
		expect(await status()).toMatchObject({ status: 'in_progress', progress: 99 });
	});

	it('stuck jobs finish when they are released, and are billed once each', async () => {
		sandbox.addFault({ on: 'create', do: 'stuck', times: 2 });
		const ids = [];
		for (const prompt of ['one', 'two']) {
			ids.push((await client.create({ ...request, prompt })).body.id);
		}
		sandbox.releaseStuck();
		for (const id of ids) expect((await client.ended(id)).status).toBe('completed');
		expect(sandbox.billing().jobs).toBe(2);
	});

	it.each([
		['unknown-status', { status: 'transmogrified' }],
		['stuck', { status: 'in_progress' }],
		['no-file', { status: 'completed', output: null }],
	] as const)('`%s` bends one answer and leaves the job alone', async (effect, seen) => {
		const { body } = await client.create(request);
		sandbox.addFault({ on: 'status', do: effect });
		expect((await client.get(`videos/${body.id}`)).body).toMatchObject(seen);
		expect((await client.ended(body.id)).output).toMatchObject({ content_type: 'video/mp4' });
	});

	it('`no-file` and `unknown-status` on create decide how the job ends', async () => {
		sandbox.addFault({ on: 'create', do: 'no-file' });
		sandbox.addFault({ on: 'create', do: 'unknown-status' });
		const [empty, odd] = [await client.create(request), await client.create(request)];
		expect(await client.ended(empty.body.id)).toMatchObject({ status: 'completed', output: null });
		expect((await client.ended(odd.body.id)).status).toBe('transmogrified');
	});

	it('`times` and `after` select the affected responses', async () => {
		sandbox.addFault({ on: 'status', do: 'status', status: 503, after: 1, times: 2 });
		const { body } = await client.create(request);
		const statuses: number[] = [];
		for (const _ of [1, 2, 3, 4]) statuses.push((await client.get(`videos/${body.id}`)).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
	});
});

describe('On the file', () => {
	it.each([
		['media', finishedUrl],
		['content', finishedContent],
	] as const)('%s: `truncate` announces all and sends half', async (on, finished) => {
		const url = await finished();
		owner(on).addFault({ on, do: 'truncate' });
		const broken = await fetch(url, withKey());
		const announced = Number(broken.headers.get('content-length'));
		await expect(broken.arrayBuffer()).rejects.toThrow('terminated');

		const whole = await (await fetch(url, withKey())).arrayBuffer();
		expect(whole.byteLength).toBe(announced);
	});

	it.each([
		['media', finishedUrl],
		['content', finishedContent],
	] as const)('%s: `html` sends a page, `expired` nothing', async (on, finished) => {
		const url = await finished();
		owner(on).addFault({ on, do: 'html' });
		owner(on).addFault({ on, do: 'expired' });
		const page = await fetch(url, withKey());
		expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
		expect((await fetch(url, withKey())).status).toBe(404);
	});

	it.each([
		['media', finishedUrl],
		['content', finishedContent],
	] as const)('%s: `redirect` leads to a signed link on the media host', async (on, finished) => {
		const url = await finished();
		owner(on).addFault({ on, do: 'redirect' });
		const answer = await fetch(url, { ...withKey(), redirect: 'manual' });
		const target = answer.headers.get('location')!;
		expect([answer.status, new URL(target).origin]).toEqual([302, owner(on).mediaUrl]);
		expect((await fetch(target)).headers.get('content-type')).toBe('video/mp4');
	});

	it('`expired` on create returns a URL that never works', async () => {
		sandbox.addFault({ on: 'create', do: 'expired' });
		expect((await fetch(await finishedUrl())).status).toBe(404);
	});

	function owner(on: 'media' | 'content'): Sandbox {
		return on === 'media' ? sandbox : strict;
	}
});

it('`models`, `delete` and `any` affect the requests that they name', async () => {
	sandbox.addFault({ on: 'models', do: 'status', status: 500 });
	expect((await client.get('/v1/balance')).status).toBe(200);
	expect((await client.get('models')).status).toBe(500);

	const { body } = await client.create(request);
	sandbox.addFault({ on: 'delete', do: 'status', status: 409 });
	expect((await client.call('DELETE', `videos/${body.id}`)).status).toBe(409);
	expect(sandbox.jobs()[0].cancelled).toBe(false);

	sandbox.addFault({ on: 'any', do: 'status', status: 500 });
	expect((await client.get('/v1/balance')).status).toBe(500);
});

describe('The control routes', () => {
	const control = (path: string, body?: unknown) => client.call('POST', `/_sandbox${path}`, body);

	it('add faults, show the state and reset, like the functions', async () => {
		const planned = await control('/faults', { on: 'create', do: 'status', status: 503 });
		expect(planned.status).toBe(204);
		expect((await client.create(request)).status).toBe(503);
		await client.create(request);

		const { body } = await client.get('/_sandbox');
		expect(body).toMatchObject({ baseUrl: sandbox.baseUrl, billing: sandbox.billing() });
		expect(body.jobs).toEqual(JSON.parse(JSON.stringify(sandbox.jobs())));
		expect(body.requests.map(({ status }: { status: number }) => status)).toEqual([503, 202]);

		expect((await control('/reset')).status).toBe(204);
		expect(sandbox.jobs()).toEqual([]);
	});

	it.each([
		['no fault', undefined],
		['an unknown effect', { on: 'create', do: 'explode' }],
		['a place where it cannot happen', { on: 'create', do: 'empty' }],
		['a misspelled field', { on: 'create', do: 'slow', delay: 5 }],
		['no final status', { on: 'create', do: 'status', status: 102 }],
	])('change nothing for %s', async (_, body) => {
		expect((await control('/faults', body)).status).toBe(400);
		expect(() => sandbox.addFault(body as unknown as Fault)).toThrow();
		expect((await client.create(request)).status).toBe(202);
	});
});
