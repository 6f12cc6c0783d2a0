import type { IBinaryData } from 'n8n-workflow';
import { openOwnStage, probeVideo } from './fixtures.mts';
import type { OwnStage } from './stage.mts';
import { isN8n2, VERSIONS } from '../../instance/versions.mts';
import { outputOf, small } from './workflows.mts';

/** `default` is n8n's name for files in memory. n8n 1 has no database mode. The shared servers store files on disk. */
const modesOf = (version: (typeof VERSIONS)[number]) =>
	isN8n2(version) ? ['default', 'database'] : ['default'];

describe.each(VERSIONS)('binary modes of n8n %s', (version) => {
	let stage: OwnStage;
	const modes = modesOf(version);
	const [first] = modes;
	beforeAll(async () => {
		stage = await openOwnStage({ version, env: { N8N_DEFAULT_BINARY_DATA_MODE: first } });
	});

	const fileOf = async ({ id, data }: IBinaryData) =>
		id ? await stage.api.download(id) : Buffer.from(data, 'base64');

	test.each(modes)('in %s mode the file comes out of n8n and plays', async (mode) => {
		if (mode !== first) {
			await stage.instance.kill();
			await stage.instance.start({ N8N_DEFAULT_BINARY_DATA_MODE: mode });
		}
		const executionId = await stage.run(stage.workflow(small()));
		const [item] = outputOf(await stage.api.ended(executionId));
		const { id } = item.binary!.data;
		expect(id?.split(':')[0]).toBe(mode === 'default' ? undefined : mode);
		expect((await probeVideo(await fileOf(item.binary!.data))).codec).toBe('h264');
	});
});
