import { openStage } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { nodeOf } from './workflows.mts';

describe.each(VERSIONS)('the requests of the editor on n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version)));

	const check = async (change: object) =>
		await stage.api.testCredential(stage.credential, { ...stage.credentialData, ...change });

	test('the credential test passes for a valid key and URL, and creates nothing', async () => {
		expect(await check({})).toMatchObject({ status: 'OK' });
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test('the credential test distinguishes a wrong key from a wrong URL', async () => {
		expect(await check({ apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/API key|Authorization failed/),
		});
		expect(await check({ baseUrl: stage.sandbox.mediaUrl })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/'Base URL' does not point to|could not be found/),
		});
	});

	test('the model list comes from the server of the credential, and can be searched', async () => {
		const { id, name } = stage.credential;
		const node = nodeOf(
			'Node',
			'n8n-nodes-lumenfall.lumenfall',
			{},
			{
				credentials: { lumenfallApi: { id, name } },
			},
		);
		const list = async (filter?: string) =>
			(await stage.api.searchList(node, 'model', 'searchVideoModels', filter)).map(
				({ value }) => value,
			);

		expect(await list()).toEqual(expect.arrayContaining(['sora-2', 'kling-v3']));
		expect((await list('sora')).sort()).toEqual(['sora-2', 'sora-2-pro']);
	});
});
