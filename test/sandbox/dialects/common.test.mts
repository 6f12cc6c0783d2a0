import type { DialectName } from '../../../sandbox/createSandbox.mts';
import { formOf, openBench } from '../support.mts';

const prompt = 'A paper boat';

/** Per server: where its API lives, a request it takes, its word for failure. */
const servers: [DialectName, string, object, string][] = [
	['lumenfall', '/openai/v1', { prompt, model: 'p-video' }, 'failed'],
	['openai', '/v1', { prompt }, 'failed'],
	['azure', '/openai/v1', { prompt }, 'failed'],
	['litellm', '/v1', { prompt }, 'failed'],
	['newapi', '/v1', { prompt }, 'failure'],
	['openrouter', '/api/v1', { prompt, model: 'veo-3.1-fast' }, 'failed'],
	['sglang', '/v1', { prompt }, 'failed'],
	['stdapi', '/v1', { prompt, model: 'amazon.nova-reel-v1:1' }, 'failed'],
	['vllm-omni', '/v1', formOf({ prompt, seconds: '3' }), 'failed'],
];

describe.each(servers)('%s', (dialect, basePath, request, failureWord) => {
	const bench = openBench({ dialect, speed: 240 });
	const order = async () => await bench.client.create(request);
	const ended = async () => await bench.client.ended((await order()).body.id);

	it('lives under its own path and makes one job per create', async () => {
		expect(new URL(bench.sandbox.baseUrl).pathname).toBe(basePath);
		const { status, body } = await order();
		expect(status).toBe(['lumenfall', 'openrouter'].includes(dialect) ? 202 : 200);
		expect(await bench.client.ended(body.id)).toMatchObject({ id: body.id });
		expect(bench.sandbox.billing().jobs).toBe(1);
	});

	it('lists models, and refuses a missing key and an empty request', async () => {
		const path = dialect === 'openrouter' ? 'videos/models' : 'models';
		const { data } = (await bench.client.get(path)).body;
		expect(data).toContainEqual(expect.objectContaining({ id: 'sora-2' }));
		expect((await fetch(`${bench.sandbox.baseUrl}/videos/1`)).status).toBe(401);
		const { status } = await bench.client.create({});
		expect(status).toBe(dialect === 'vllm-omni' ? 422 : 400);
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it('`job-status` puts the raw word on the wire, for ever', async () => {
		const words = ['expired', 'canceled', 'rejected', 'completed'];
		for (const status of words) {
			bench.sandbox.addFault({ on: 'create', do: 'job-status', status });
		}
		const seen: string[] = [];
		for (const _ of words) {
			const { id } = await ended();
			// Twice as long as a job takes.
			await new Promise((resolve) => setTimeout(resolve, 50));
			seen.push((await bench.client.job(id)).body.status);
		}
		expect(seen).toEqual(words);
		expect(bench.sandbox.billing().jobs).toBe(0);
	});

	it('`job-fails` speaks any words, however hostile, or none', async () => {
		const hostile = `canceled ECONNRESET <b>&amp;</b> \u0000\u001b[31m ${'x'.repeat(1024 * 1024)}`;
		bench.sandbox.addFault({ on: 'create', do: 'job-fails', code: 'odd', message: hostile });
		bench.sandbox.addFault({ on: 'create', do: 'job-fails', omitError: true });
		const { status, error } = await ended();
		expect(status).toBe(failureWord);
		expect((error.message ?? error) === hostile).toBe(true);
		const silent = await ended();
		expect([silent.status, silent.error ?? null]).toEqual([failureWord, null]);
		expect(bench.sandbox.billing().jobs).toBe(0);
	});
});
