import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { findListed } from '../../../nodes/LumenfallTrigger/polling/listedVideos';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

/** Activations of one trigger, with n8n's static data. */
function openTrigger() {
	const data: IDataObject = {};
	const log: string[] = [];
	const poll = async (answer: FakeAnswer, choice: Parameters<typeof fakeServer>[1] = {}) => {
		const { host: server } = fakeServer(() => answer, choice);
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
