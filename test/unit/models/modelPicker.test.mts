import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import type { ModelInfo } from '../../../nodes/Lumenfall/models/modelInfo';
import { matchesWords, pickerLines } from '../../../nodes/Lumenfall/models/modelPicker';

const lineOf = (info: ModelInfo) => pickerLines([info])[0].name;

test.each([
	['sora-2', 'Sora 2', '$0.10/s · 20 s · text, image'],
	['sora-2-pro', 'Sora 2 Pro', 'from $0.30/s · 20 s · text, image'],
	['kling-v3', 'Kling 3.0', 'from $0.084/s · 15 s · text, image'],
	['pixverse-v5.6', 'PixVerse V5.6', 'from $0.07/s · 10 s · text, image'],
	['mock-video', 'Mock Video', 'free · text'],
])('the line of %s begins with what matters for the choice', (model, name, decisive) => {
	expect(lineOf(mergeInfo(model))).toBe(`${name} · ${decisive}`);
	expect(lineOf(mergeInfo(model, []))).toBe(`${name} · not available · ${decisive}`);
});

test("a price that is not the only one, or of which only the lowest is known, has the word 'from'", () => {
	const tier = (usdPerSecond: number, audio: boolean) => ({ usdPerSecond, audio });
	const lines = [
		{ id: 'x', listed: true, prices: [tier(0.2, true), tier(0.1, false)] },
		{ id: 'x', listed: true, prices: [tier(0.1, true), tier(0.1, false)] },
		{ id: 'x', listed: true, startingPrice: 0.1 },
	].map(lineOf);
	expect(lines).toEqual(['x · from $0.10/s', 'x · $0.10/s', 'x · from $0.10/s']);
});

test('a model without any model info is listed by its ID', () => {
	expect(lineOf(mergeInfo('unknown-video'))).toBe('unknown-video');
});

test('a model that is switched off is marked', () => {
	expect(lineOf({ id: 'asleep', listed: true, status: 'disabled' })).toBe('asleep · not available');
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
