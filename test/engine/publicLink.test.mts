import type { CoreName, EngineOptions } from '../../engine/createEngine.mts';
import { native } from '../support/native.mts';
import { CORES, itemsOf, onlyItem, openStage, small, type Stage } from './stage.mts';

const PUBLIC = { webhookUrl: 'https://n8n.example.com' };

async function withStage(
	core: CoreName,
	options: EngineOptions,
	story: (stage: Stage) => Promise<void>,
) {
	const stage = await openStage(core, { renderer: 'tiny' }, options);
	await story(stage);
	await stage.close();
}

const LINK = /^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=[\w.-]+$/;

/** Hours from the creation of a link's token to its expiry. */
function hoursOf(link: unknown): number {
	const [, payload] = String(link).split('token=')[1].split('.');
	const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
		iat: number;
		exp: number;
	};
	return (exp - iat) / 3600;
}

describe.each(CORES)('a public link on %s', (core) => {
	test('opens the file for anyone, from every operation that outputs one', async () =>
		await withStage(core, PUBLIC, async ({ run, engine }) => {
			const clips = await native<typeof import('../support/clips.mts')>('./test/support/clips.mts');
			const clip = {
				data: await clips.makeClip({ look: 1, videoOptions: {} }),
				fileName: 'a.mp4',
				mimeType: 'video/mp4',
			};
			const options = { publicLinkHours: 2 };
			const made = onlyItem(await run(small({ options })));
			const videoId = made.json.id;
			const others = [
				onlyItem(await run({ operation: 'download', videoId, options })),
				onlyItem(await run({ operation: 'wait', videoId, options })),
				onlyItem(await run({ operation: 'join', options }, [{ json: {}, binary: { data: clip } }])),
			];
			for (const { json, binary } of [made, ...others]) {
				expect(json.publicUrl).toMatch(LINK);
				expect(hoursOf(json.publicUrl)).toBe(2);
				const served = await engine.readSignedUrl(String(json.publicUrl));
				expect(served.equals(await engine.readBinary(binary!.data))).toBe(true);
			}
		}));

	test('is returned for the page of a comparison too', async () =>
		await withStage(core, PUBLIC, async ({ run, engine }) => {
			const compare = { operation: 'compare', modelsFrom: 'text', modelIds: 'sora-2, p-video' };
			const items = itemsOf(
				await run(
					small({ ...compare, seconds: 4, resolution: '720p', options: { publicLinkHours: 1 } }),
				),
			);
			const [{ pagePublicUrl }] = items.map(({ json }) => json);
			expect(items.map(({ json }) => json.publicUrl)).toEqual([
				expect.stringMatching(LINK),
				expect.stringMatching(LINK),
			]);
			const page = await engine.readSignedUrl(String(pagePublicUrl));
			expect(page.toString()).toContain('<html');
		}));

	test('accepts hours as a spreadsheet delivers them, and an empty value or 0 means no link', async () =>
		await withStage(core, PUBLIC, async ({ run }) => {
			const rows = ['1.5 h', 0.5, ' 3 ', 0, ''];
			const items = itemsOf(
				await run(
					small({ options: { publicLinkHours: '={{ $json.hours }}' } }),
					rows.map((hours) => ({ json: { hours } })),
				),
			);
			expect(items.map(({ json: { publicUrl } }) => publicUrl && hoursOf(publicUrl))).toEqual([
				...[1.5, 0.5, 3, undefined, undefined],
			]);
		}));

	test.each<[string, EngineOptions, string]>([
		['n8n has no public URL', {}, 'it refers to this machine only'],
		[
			'n8n is known inside a network only',
			{ webhookUrl: 'http://192.168.1.20:5678' },
			'http://192.168.1.20:5678, because its IP address is known only inside your network',
		],
		[
			'n8n keeps files in memory',
			{ ...PUBLIC, binaryMode: 'default' },
			'this n8n keeps files in memory',
		],
	])(
		'is refused before anything is created if %s',
		async (_, options, reason) =>
			await withStage(core, options, async ({ run, sandbox }) => {
				const { error } = await run(small({ options: { publicLinkHours: 24 } }));
				expect(error?.message).toContain(
					"'Public Link (Hours)' is set, but a public link is not possible",
				);
				expect(error?.message).toContain(reason);
				expect(error?.description).toContain('Nothing was created.');
				expect(sandbox.requests().filter(({ kind }) => kind === 'create')).toEqual([]);
			}),
	);
});

test('a link with another token does not open the file', async () =>
	await withStage('n8n-2', PUBLIC, async ({ run, engine }) => {
		const { json } = onlyItem(await run(small({ options: { publicLinkHours: 1 } })));
		const forged = String(json.publicUrl).slice(0, -4);
		await expect(engine.readSignedUrl(forged)).rejects.toMatchObject({
			message: 'invalid signature',
		});
	}));
