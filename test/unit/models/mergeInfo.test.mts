import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import { listVideoModels } from '../../../nodes/Lumenfall/models/videoModels';
import type { ModelInfo } from '../../../nodes/Lumenfall/models/modelInfo';

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
		const [first] = listVideoModels([{ id: 'kling-v3', makesVideo: true }], 'off');
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
		const models = listVideoModels(live, 'authoritative');
		expect(models.slice(0, 5).map(({ id, listed }) => [id, listed])).toEqual([
			['new-model', true],
			['sora-2-pro', true],
			['sora-2', true],
			['veo-3.1-fast', true],
			['asleep', true],
		]);
		expect(models.slice(5).map(({ id, listed }) => [id, listed])).toContainEqual([
			'kling-v3',
			false,
		]);
		expect(models.map(({ id }) => id)).not.toContain('painter');
		expect(listVideoModels(live, 'fallback').map(({ listed }) => listed)).not.toContain(false);
	});
});
