import { videoModelsOf } from '../../../nodes/Lumenfall/models/catalogue';
import { profileOf } from '../../../nodes/Lumenfall/models/profiles';

test.each(['sora-2', ' Sora-2 ', 'openai/sora-2', 'sora-2-2025-12-08'])(
	'%s has the limits of Sora 2',
	(model) => {
		expect(profileOf(model)).toMatchObject({ name: 'Sora 2', maxSeconds: 20 });
	},
);

test.each(['sora-2-pro', 'sora-20', 'my-sora-2', 'kling-v3', ''])(
	'%s has no known limits',
	(model) => {
		expect(profileOf(model)).toBeUndefined();
	},
);

const ids = (models: Array<{ id: string; makesVideo?: boolean }>) =>
	videoModelsOf(models).map(({ id }) => id);

test('what the server says about a model wins over its name', () => {
	expect(
		ids([
			{ id: 'sora-2-image', makesVideo: false },
			{ id: 'x', makesVideo: true },
		]),
	).toEqual(['x']);
});

test('bare ids are judged by the family they name', () => {
	expect(
		ids([{ id: 'gpt-5' }, { id: 'veo-3.1-fast' }, { id: 'Wan-AI/Wan2.2' }, { id: 'whisper-1' }]),
	).toEqual(['veo-3.1-fast', 'Wan-AI/Wan2.2']);
});

test('where nothing is known to make video, everything is shown', () => {
	expect(ids([{ id: 'mine' }, { id: 'other' }])).toEqual(['mine', 'other']);
});
