import { openStage } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';

interface ServedType {
	name: string;
	displayName: string;
	iconUrl?: string | Record<'light' | 'dark', string>;
	codex?: { categories?: string[] };
}

describe.each(VERSIONS)('the package in n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version)));

	const list = async (what: string): Promise<ServedType[]> =>
		(await stage.api.http.get(`/types/${what}.json`)).data;
	const find = async (what: string, name: string) => {
		const found = (await list(what)).find((type) => type.name === name);
		if (!found) throw new Error(`n8n lists no ${name} among its ${what}`);
		return found;
	};

	test('the node is listed with its codex, and as a tool for agents', async () => {
		expect(await find('nodes', 'n8n-nodes-lumenfall.lumenfall')).toMatchObject({
			displayName: 'Lumenfall',
			codex: { categories: expect.arrayContaining(['Marketing & Content']) },
		});
		expect(await find('nodes', 'n8n-nodes-lumenfall.lumenfallTool')).toMatchObject({
			displayName: 'Lumenfall Tool',
		});
	});

	test.each([
		['nodes', 'n8n-nodes-lumenfall.lumenfall'],
		['credentials', 'lumenfallApi'],
	])('the icons of %s are images, light and dark', async (what, name) => {
		const { iconUrl } = await find(what, name);
		for (const url of Object.values(iconUrl as Record<'light' | 'dark', string>)) {
			const icon = await stage.api.http.get(`/${url}`);
			expect(icon.headers['content-type']).toContain('image/svg+xml');
			expect(String(icon.data)).toContain('<svg');
		}
	});
});
