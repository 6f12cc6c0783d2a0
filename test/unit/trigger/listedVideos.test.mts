import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { findListed } from '../../../nodes/LumenfallTrigger/polling/listedVideos';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

/** The response to a page of the list, or to every page. */
type ListAnswer = FakeAnswer | ((query: URLSearchParams) => FakeAnswer);

/** Activations of one trigger, with n8n's static data. */
function openTrigger() {
	const data: IDataObject = {};
	const log: string[] = [];
	const poll = async (answer: ListAnswer, choice: Parameters<typeof fakeServer>[1] = {}) => {
		const { host: server } = fakeServer(
			(_, { query }) => (typeof answer === 'function' ? answer(query) : answer),
			choice,
		);
		const host = {
			...server,
			getWorkflowStaticData: () => data,
			logger: { warn: (line: string) => log.push(line) },
		} as unknown as IPollFunctions;
		return (await findListed(host, await openApi(host))).map(({ videoId }) => videoId);
	};
	return { data, log, poll };
}

const baseUrl = 'https://api.example.com/openai/v1';
const list = (...ids: string[]): FakeAnswer => {
	const created_at = Math.floor(Date.now() / 1000) - 600;
	return { body: { data: ids.map((id) => ({ id, status: 'completed', created_at })) } };
};

test.each([
	['key', { baseUrl, apiKey: 'another' }],
	['server', { baseUrl: 'https://other.example.com/v1', apiKey: 'one' }],
])(
	'another %s in the credential starts from now, as at the first activation, and says so',
	async (_, changed) => {
		const { poll, log } = openTrigger();
		const before = { baseUrl, apiKey: 'one' };
		expect(await poll(list('a', 'b'), before)).toEqual([]);
		expect(await poll(list('a', 'b', 'c'), before)).toEqual(['c']);
		expect(log).toEqual([]);
		expect(await poll(list('x', 'y'), changed)).toEqual([]);
		expect(log).toEqual([expect.stringMatching(/another server or account/)]);
		expect(await poll(list('x', 'y', 'z'), changed)).toEqual(['z']);
		expect(log).toHaveLength(1);
	},
);

test('a new key of the same account misses no video', async () => {
	const { poll, log, data } = openTrigger();
	await poll(list('a'), { baseUrl, apiKey: 'one' });
	expect(await poll(list('a', 'b'), { baseUrl, apiKey: 'two' })).toEqual(['b']);
	expect(await poll(list('b', 'c'), { baseUrl, apiKey: 'two' })).toEqual(['c']);
	expect(log).toEqual([]);
	expect(JSON.stringify(data)).not.toMatch(/one|two/);
});

const HOUR = 3_600;
/** A list of 600 videos, ten an hour, the newest of which is this old, in seconds. */
const historyAt =
	(age: number): ListAnswer =>
	(query) => {
		const newest = Math.floor(Date.now() / 1000) - age;
		const from = Number(query.get('after') ?? -1) + 1;
		const data = Array.from({ length: 100 }, (_, index) => from + index).map((id) => {
			return { id: String(id), status: 'completed', created_at: newest - id * (HOUR / 10) };
		});
		return { body: { data, has_more: from < 500 } };
	};

test.each([0, 10 * HOUR, 100 * HOUR])(
	'no video that ended before the activation starts the workflow, if the newest one is %i seconds old',
	async (age) => {
		const compatible = { server: 'openAiCompatible' };
		const { poll } = openTrigger();
		const first = { ...compatible, baseUrl, apiKey: 'one' };
		for (let polls = 0; polls < 3; polls++) expect(await poll(historyAt(age), first)).toEqual([]);
		const another = { ...compatible, baseUrl: 'https://other.example.com/v1', apiKey: 'one' };
		for (let polls = 0; polls < 3; polls++)
			expect(await poll(historyAt(age + 50 * HOUR), another)).toEqual([]);
	},
);

test.each([null, 'text', [], {}, { server: baseUrl, account: 'x' }, { newest: Number.NaN }])(
	'a state that is not its own (%j) counts as none',
	async (state) => {
		const { poll, data } = openTrigger();
		data.poll = state;
		expect(await poll(list('a'), { baseUrl })).toEqual([]);
		expect(await poll(list('a', 'b'), { baseUrl })).toEqual(['b']);
	},
);
