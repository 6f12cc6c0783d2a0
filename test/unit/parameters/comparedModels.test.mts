import { readModels } from '../../../nodes/Lumenfall/parameters/comparedModels';
import { modelNames } from '../../../nodes/Lumenfall/parameters/modelNames';
import { fakeForm } from '../../support/fakeForm.mts';

function read(modelIds: string): string[] {
	return readModels(fakeForm({ values: { modelsFrom: 'text', modelIds } }).form);
}

test.each([
	['p-video, sora-2, p-video', /'Models' contains 'p-video' twice/],
	['kling-3, kling-v3', /'Models' contains one model twice: 'kling-3' and 'kling-v3'/],
	['sora-2, veo-3.1-fast, Sora-2', /one model twice: 'sora-2' and 'Sora-2'/],
	['fal/kling-3, fal/kling-video-v3', /one model twice: 'fal\/kling-3' and 'fal\/kling-video-v3'/],
	['my-own, My-Own', /one model twice: 'my-own' and 'My-Own'/],
])('a model cannot be selected twice, whatever its names: %s', (models, message) => {
	expect(() => read(models)).toThrow(message);
});

test.each([
	...['sora-2 and kling-v3', 'sora-2 vs. kling-v3', 'sora-2 & kling-v3', '- sora-2\n- kling-v3'],
	...['1. sora-2\n2. kling-v3', "['sora-2', 'kling-v3']", 'sora-2 kling-v3', 'sora-2\r\nkling-v3'],
	...['sora-2 or kling-v3', 'sora-2 > kling-v3', 'sora-2 -> kling-v3', 'sora-2 → kling-v3'],
	...[
		'sora-2 => kling-v3',
		'sora-2 - kling-v3',
		'"sora-2" "kling-v3"',
		'"sora-2 and kling-v3"',
		'sora-2,kling-v3',
	],
])('the models of %j are two, and nothing between them is a third', (models) => {
	expect(read(models)).toEqual(['sora-2', 'kling-v3']);
	expect(modelNames('Fallback Models').parse(models)).toEqual(['sora-2', 'kling-v3']);
});

test.each([
	...['sora-2 kling-v3\nveo-3.1', 'sora-2, kling-v3 vs veo-3.1', 'sora-2; kling-v3 & veo-3.1'],
	'sora-2, kling-v3 + veo-3.1',
	...['sora-2, kling-v3 oder veo-3.1', 'sora-2, kling-v3 ou veo-3.1', 'sora-2 vs kling-v3,veo-3.1'],
])('models with several separators are three: %j', (models) => {
	expect(read(models)).toEqual(['sora-2', 'kling-v3', 'veo-3.1']);
});

test.each(['Sora 2, Kling v3 Pro', 'Sora 2 and Kling v3 Pro', 'Sora 2 vs Kling v3 Pro'])(
	'a name with spaces is one model: %j',
	(models) => {
		expect(read(models)).toEqual(['Sora 2', 'Kling v3 Pro']);
		expect(modelNames('Fallback Models').parse('Kling v3 Pro')).toEqual(['Kling v3 Pro']);
	},
);

test.each(['fal/sora-2, openai/sora-2, sora-2', 'kling-3, kling-v4', 'a/mine, b/mine'])(
	'different models, and the same model of different providers, can be compared: %s',
	(models) => {
		expect(read(models)).toEqual(models.split(', '));
	},
);
