import { mergeAll, mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import { matchesWords, pickerLines } from '../../../nodes/Lumenfall/models/modelPicker';
import type { ModelInfo } from '../../../nodes/Lumenfall/models/modelInfo';
import { allProfiles, profileOf } from '../../../nodes/Lumenfall/models/profiles';

const lineOf = (info: ModelInfo) => pickerLines([info])[0].name;

test.each([
	['sora-2', 'sora-2'],
	[' Sora-2 ', 'sora-2'],
	['openai/sora-2', 'sora-2'],
	['sora-2-2025-12-08', 'sora-2'],
	['fal/sora-2-pro-2025-10-06', 'sora-2-pro'],
	['fal/kling-v3', 'kling-v3'],
	['kling-video-v3', 'kling-v3'],
	['veo-3.1-lite-generate-preview', 'veo-3.1-lite'],
	['grok-video', 'grok-imagine-video'],
])('%s has the profile of %s', (model, id) => {
	expect(profileOf(model)?.id).toBe(id);
});

test.each(['sora-20', 'my-sora-2', 'kling-v4', 'wan-2.7', ''])(
	'%s has no profile, so no limits are enforced',
	(model) => {
		expect(profileOf(model)).toBeUndefined();
	},
);

test('no name occurs twice in the profiles, and no list in them is empty', () => {
	const names = allProfiles().flatMap(({ id, aliases = [] }) => [id, ...aliases]);
	expect(new Set(names).size).toBe(names.length);
	for (const profile of allProfiles()) {
		const lists = [profile, profile.seconds ?? {}, profile.images ?? {}].flatMap(Object.values);
		expect(lists.filter((value) => Array.isArray(value) && value.length === 0)).toEqual([]);
	}
});

describe("the server's own model info", () => {
	const live: ModelInfo[] = [
		{ id: 'sora-2', name: 'Sora Two', modes: ['text-to-video'], startingPrice: 0.2 },
		{ id: 'sora-2-pro', startingPrice: 0.3 },
		{ id: 'veo-3.1-fast', startingPrice: 0.15 },
		{ id: 'new-model', aliases: ['latest'], makesVideo: true, startingPrice: 0.4 },
		{ id: 'asleep', makesVideo: true, status: 'disabled' },
		{ id: 'painter', makesVideo: false },
	];

	test('has priority over the profiles, which fill in the rest', () => {
		expect(mergeInfo('openai/sora-2', live)).toMatchObject({
			id: 'sora-2',
			name: 'Sora Two',
			modes: ['text-to-video'],
			seconds: { max: 20 },
			listed: true,
		});
		const schema = { seconds: { values: [5, 10] }, images: { max: 2 } };
		expect(mergeInfo('sora-2', live, schema)).toMatchObject({
			seconds: { values: [5, 10] },
			images: { max: 2, roles: ['first'] },
		});
	});

	test('makes the price unknown if its lowest price differs from that of the profile', () => {
		expect(mergeInfo('sora-2', live)).toMatchObject({ prices: undefined, startingPrice: 0.2 });
		expect(mergeInfo('sora-2-pro', live).prices).toHaveLength(2);
		expect(mergeInfo('veo-3.1-fast', live)).toMatchObject({
			prices: undefined,
			startingPrice: 0.15,
		});
		expect(mergeInfo('latest', live)).toMatchObject({ id: 'new-model', startingPrice: 0.4 });
		const free = { id: 'sora-2', prices: [{ usdPerSecond: 0 }], startingPrice: 0 };
		expect(mergeInfo('sora-2', [free]).prices).toEqual([{ usdPerSecond: 0 }]);
	});

	test('is used alone on servers without profiles', () => {
		expect(mergeInfo('sora-2', live, {}, 'off')).toEqual({ ...live[0], listed: true });
		expect(mergeInfo('kling-v3', undefined, {}, 'off')).toEqual({ id: 'kling-v3' });
		const [first] = mergeAll([{ id: 'kling-v3', makesVideo: true }], 'off');
		expect(first).toEqual({ id: 'kling-v3', makesVideo: true, listed: true });
	});

	test('size tokens of the schema and of the profile are merged, and are not sizes', () => {
		const schema = { sizeTokens: ['1365x768', '640x360'] };
		expect(mergeInfo('sora-2', live, schema)).toMatchObject({
			sizes: ['1280x720', '720x1280'],
			sizeTokens: ['1365x768', '768x1365', '640x360'],
		});
		const kling = mergeInfo('kling-v3', live, schema);
		expect([kling.sizes, kling.sizeTokens]).toEqual([undefined, ['1365x768', '640x360']]);
		expect(mergeInfo('kling-v3', live).sizeTokens).toBeUndefined();
	});

	test('size tokens exist on Lumenfall only', () => {
		expect(mergeInfo('sora-2', live, {}, 'fallback').sizeTokens).toBeUndefined();
		expect(mergeInfo('sora-2', live, {}, 'fallback').sizes).toEqual(['1280x720', '720x1280']);
	});

	test('the list begins with the available models, then those that are switched off, then those of the profiles only', () => {
		const models = mergeAll(live, 'authoritative');
		expect(models.slice(0, 5).map(({ id, listed }) => [id, listed])).toEqual([
			['new-model', true],
			['sora-2-pro', true],
			['sora-2', true],
			['veo-3.1-fast', true],
			['asleep', true],
		]);
		expect(lineOf(models[4])).toBe('asleep · not available');
		expect(models.slice(5).map(({ id, listed }) => [id, listed])).toContainEqual([
			'kling-v3',
			false,
		]);
		expect(models.map(({ id }) => id)).not.toContain('painter');
		expect(mergeAll(live, 'fallback').map(({ listed }) => listed)).not.toContain(false);
	});
});

test.each([
	['sora-2', 'Sora 2', '$0.10/s · 20 s · text, image'],
	['sora-2-pro', 'Sora 2 Pro', '$0.30/s · 20 s · text, image'],
	['kling-v3', 'Kling 3.0', '$0.084/s · 15 s · text, image'],
	['pixverse-v5.6', 'PixVerse V5.6', '$0.07/s · 10 s · text, image'],
	['mock-video', 'Mock Video', 'free · text'],
])('the line of %s begins with what matters for the choice', (model, name, decisive) => {
	expect(lineOf(mergeInfo(model))).toBe(`${name} · ${decisive}`);
	expect(lineOf(mergeInfo(model, []))).toBe(`${name} · not available · ${decisive}`);
});

test('a model without any model info is listed by its ID', () => {
	expect(lineOf(mergeInfo('unknown-video'))).toBe('unknown-video');
});

test('models with the same name are distinguished by their IDs', () => {
	const models = ['fal/x', 'own/x', 'y'].map((id) => ({ id, name: id === 'y' ? 'Y' : 'X' }));
	expect(pickerLines(models)).toEqual([
		{ name: 'X (fal/x)', value: 'fal/x' },
		{ name: 'X (own/x)', value: 'own/x' },
		{ name: 'Y', value: 'y' },
	]);
});

test('a model is found by any of its names, its creator and its modes', () => {
	const info = mergeInfo('kling-v3');
	for (const typed of ['', 'KLING', 'kuaishou', 'video-v3', 'image-to-video kling'])
		expect([typed, matchesWords(info, typed)]).toEqual([typed, true]);
	expect(matchesWords(info, 'kling sora')).toBe(false);
});
