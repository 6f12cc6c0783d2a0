import type { DialectName } from '../../sandbox/createSandbox.mts';
import { byId, CORES, onlyItem, openStage, textToVideo, type Stage } from './stage.mts';

/** The result of a change on one server. A pattern matches the node's refusal. */
interface Row {
	dialect: DialectName;
	model: string;
	extend: Expected;
	edit: Expected;
	/** Length of the earlier video in seconds. */
	earlierSeconds?: number;
	/** The server reads the length of the file, so the file must be real. */
	isRendered?: true;
}

type Expected = RegExp | { path: string; change?: object; options?: object; seconds?: number };

const NO_ROUTE = /^The server has no route that can (extend|edit) this video/;
const NO_WAY = /has no way to (extend|edit) a video/;
const ORDINARY = '/videos';

/** Servers that are recognized only by their URL. In the sandbox, the option selects the way. */
const by = (sendVideoAs: string) => ({ path: ORDINARY, options: { sendVideoAs } });
const byUrl = { videoSource: 'url' };

const TABLE: Row[] = [
	{
		dialect: 'lumenfall',
		model: 'wan-2.6',
		extend: /^Lumenfall has no way to extend a video/,
		edit: { path: ORDINARY },
	},
	{
		dialect: 'openrouter',
		model: 'veo-3.1-fast',
		extend: { path: ORDINARY },
		edit: { path: ORDINARY, seconds: 4 },
		earlierSeconds: 8,
	},
	{
		dialect: 'openai',
		model: 'sora-2',
		extend: { path: '/videos/extensions' },
		edit: { path: '/videos/edits' },
	},
	{ dialect: 'azure', model: 'sora-2', extend: NO_ROUTE, edit: { path: '/remix' } },
	{
		dialect: 'litellm',
		model: 'sora-2',
		...{ extend: { path: '/videos/extensions' } },
		edit: { path: '/videos/edits' },
	},
	{
		dialect: 'poe',
		model: 'Sora-2',
		extend: { path: '/videos/extensions' },
		edit: { path: '/remix' },
	},
	{ dialect: 'bifrost', model: 'openai/sora-2', extend: NO_ROUTE, edit: { path: '/remix' } },
	{ dialect: 'newapi', model: 'sora-2', extend: NO_ROUTE, edit: { path: '/remix' } },
	{
		dialect: 'xai',
		model: 'grok-imagine-video',
		extend: { path: '/videos/extensions', change: byUrl },
		edit: { path: '/videos/edits', change: byUrl },
		isRendered: true,
	},
	{
		dialect: 'gemini',
		model: 'veo-3.1-generate-preview',
		extend: { path: ORDINARY, seconds: 7 },
		edit: /^Gemini has no way to edit a video/,
		earlierSeconds: 8,
	},
	{ dialect: 'together', model: 'seedance-2.0', extend: NO_WAY, edit: { path: ORDINARY } },
	{ dialect: 'deepinfra', model: 'wan-2.6', extend: NO_WAY, edit: NO_WAY },
	{ dialect: 'vllm-omni', model: 'wan-2.6', extend: NO_WAY, edit: { path: ORDINARY } },
	{ dialect: 'sglang', model: 'wan-2.6', extend: NO_WAY, edit: { path: ORDINARY } },
	{ dialect: 'aibrix', model: 'wan-2.6', extend: NO_ROUTE, edit: by('inputReference') },
	{ dialect: 'fastvideo', model: 'wan-2.6', extend: NO_ROUTE, edit: by('inputReference') },
	...(['cometapi', 'json-only', 'merge', 'relay', 'stdapi'] as const).map(
		(dialect): Row => ({ dialect, model: 'wan-2.6', extend: NO_ROUTE, edit: NO_ROUTE }),
	),
	// Its response contains the whole video, and it does not store jobs.
	{ dialect: 'dynamo', model: 'wan-2.6', extend: /not found/, edit: /not found/ },
];

test('every server of the sandbox is in the table', async () => {
	const { native } = await import('../support/native.mts');
	const { dialects } = await native<typeof import('../../sandbox/dialects/index.mts')>(
		'./sandbox/dialects/index.mts',
	);
	expect(TABLE.map(({ dialect }) => dialect).sort()).toEqual(Object.keys(dialects).sort());
});

describe.each(CORES)('an earlier video on %s', (core) => {
	describe.each(TABLE)('at $dialect', ({ dialect, model, ...row }) => {
		let stage: Stage;
		let earlier: { id: string; url?: string };
		beforeAll(async () => {
			const { earlierSeconds: seconds = 4, isRendered } = row;
			stage = await openStage(core, { dialect, ...(!isRendered && { renderer: 'tiny' }) });
			const { json } = onlyItem(await stage.run(textToVideo({ model: byId(model), seconds })));
			earlier = { id: String(json.id), url: json.url as string };
		});
		afterAll(async () => await stage.close());

		test.each(['extend', 'edit'] as const)('%s has the result of the table', async (operation) => {
			const expected = row[operation];
			const before = stage.sandbox.jobs().length;
			const { change = {}, options, seconds } = expected instanceof RegExp ? {} : expected;
			const result = await stage.run({
				operation,
				videoSource: 'id',
				videoId: earlier.id,
				videoUrl: earlier.url,
				model: byId(model),
				prompt: 'The camera rises above the roofs',
				seconds: seconds ?? (operation === 'extend' ? 4 : 0),
				...(options && { options }),
				...change,
			});
			const made = stage.sandbox.jobs().slice(before);
			if (expected instanceof RegExp) {
				expect(result.error?.message).toMatch(expected);
				expect(made).toEqual([]);
				return;
			}
			const item = onlyItem(result);
			expect(item.json.status).toBe('completed');
			expect(made).toHaveLength(1);
			expect(made[0].videos).toHaveLength(1);
			const creates = stage.sandbox.requests().filter(({ method }) => method === 'POST');
			expect(creates.at(-1)?.path.endsWith(expected.path)).toBe(true);
		});
	});
});
