import { listVideoModels, videoModelsOf } from '../../../nodes/Lumenfall/models/videoModels';

const ids = (models: Array<{ id: string; makesVideo?: boolean }>) =>
	videoModelsOf(models).map(({ id }) => id);

test("the server's own information about a model has priority over its name", () => {
	expect(
		ids([
			{ id: 'sora-2-image', makesVideo: false },
			{ id: 'x', makesVideo: true },
		]),
	).toEqual(['x']);
});

test('ids without any information are judged by their model family', () => {
	expect(
		ids([{ id: 'gpt-5' }, { id: 'veo-3.1-fast' }, { id: 'Wan-AI/Wan2.2' }, { id: 'whisper-1' }]),
	).toEqual(['veo-3.1-fast', 'Wan-AI/Wan2.2']);
});

test('image models of a video family are left out because of their names', () => {
	const images = [
		'wan-2.6-t2i',
		'wan2.5-i2i-preview',
		'kling-image-o1',
		'luma-photon',
		'luma-photon-flash',
		'runway-gen4-image',
		'gen4_image_turbo',
		'vidu-q1-image',
		'nvidia/Cosmos-Predict2-2B-Text2Image',
	];
	const videos = [
		'wan-2.6',
		'Wan-AI/Wan2.2-I2V-A14B',
		'wan2.2-ti2v-5b',
		'fal-ai/kling-video/v2/master/image-to-video',
		'kling-v3',
		'grok-imagine-video',
		'stable-video-diffusion-image2video',
		'luma-ray-2',
		'gen4_turbo',
	];
	expect(ids([...images, ...videos].map((id) => ({ id })))).toEqual(videos);
});

test('if nothing is known about any model, the whole list is shown', () => {
	expect(ids([{ id: 'mine' }, { id: 'other' }])).toEqual(['mine', 'other']);
});

test('if the server reports the outputs of its models, and none is video, the list is empty', () => {
	expect(
		ids([
			{ id: 'flux', makesVideo: false },
			{ id: 'seedream', makesVideo: false },
		]),
	).toEqual([]);
	expect(ids([{ id: 'flux', makesVideo: false }, { id: 'mine' }])).toEqual([]);
	expect(listVideoModels([{ id: 'flux', makesVideo: false }], 'fallback')).toEqual([]);
});
