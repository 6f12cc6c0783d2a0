import fc from 'fast-check';
import { fileNameOf, type NamedFile } from '../../../nodes/Lumenfall/media/fileName';

const videoFileName = (type: NamedFile['type'], id: string, prompt?: string, typed?: string) =>
	fileNameOf({ type, id, prompt, typed });

test('a file is named after the prompt and the id', () => {
	expect(videoFileName('video/mp4', 'video_8f2k', 'Paper boat!')).toBe('paper-boat-video_8f2k.mp4');
	expect(videoFileName('video/mp4', 'video_8f2k', 'A very long prompt that goes on and on')).toBe(
		'a-very-long-prompt-that-video_8f2k.mp4',
	);
	expect(videoFileName('video/webm', 'video_8f2k')).toBe('video_8f2k.webm');
});

test('prompts in any script give a readable name', () => {
	expect(videoFileName('video/mp4', 'v1', 'Über die Brücke')).toBe('uber-die-brucke-v1.mp4');
	expect(videoFileName('video/mp4', 'v1', '紙の船')).toBe('紙の船-v1.mp4');
});

test("the user's own name is kept, with the extension of the real type", () => {
	expect(videoFileName('video/mp4', 'v1', 'x', 'clip.mp4')).toBe('clip.mp4');
	expect(videoFileName('video/mp4', 'v1', 'x', 'clip')).toBe('clip.mp4');
	expect(videoFileName('video/webm', 'v1', 'x', 'clip.mp4')).toBe('clip.mp4.webm');
});

test('no name can leave its folder or be refused by a disk', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: 'binary' }),
			fc.string(),
			(id, prompt, typed) => {
				const name = videoFileName('video/mp4', id, prompt, typed);
				expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}]+\.mp4$/u);
				expect(name.startsWith('.')).toBe(false);
				expect(name.length).toBeLessThanOrEqual(130);
			},
		),
	);
});

test('a picture of a video says what it is', () => {
	expect(fileNameOf({ type: 'image/webp', id: 'v1', prompt: 'Boat', variant: 'thumbnail' })).toBe(
		'boat-v1-thumbnail.webp',
	);
});
