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

test.each([
	['Ein Ölfaß ist Süß', 'ein-olfaß-ist-suß'],
	['Đường phố Hà Nội', 'đuong-pho-ha-noi'],
	['日本語のプロンプト', '日本語のプロンプト'],
	['नमस्ते दुनिया', 'नमस्ते-दुनिया'],
	['สวัสดีที่นี่', 'สวัสดีที่นี่'],
	['한국어 영상', '한국어-영상'],
	['Мой ёжик', 'мой-ёжик'],
	['A ☀️ day 1️⃣', 'a-day-1'],
])('only Latin letters lose their accents: %s', (prompt, name) => {
	expect(videoFileName('video/mp4', 'v', prompt)).toBe(`${name}-v.mp4`);
});

test('prompts in any script result in a readable name', () => {
	expect(videoFileName('video/mp4', 'v1', 'Über die Brücke')).toBe('uber-die-brucke-v1.mp4');
	expect(videoFileName('video/mp4', 'v1', '紙の船')).toBe('紙の船-v1.mp4');
});

test("the user's own name is kept, with the extension of the real type", () => {
	expect(videoFileName('video/mp4', 'v1', 'x', 'clip.mp4')).toBe('clip.mp4');
	expect(videoFileName('video/mp4', 'v1', 'x', 'clip')).toBe('clip.mp4');
	expect(videoFileName('video/webm', 'v1', 'x', 'clip.mp4')).toBe('clip.mp4.webm');
});

test('no name can leave its folder or be refused by a file system', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: 'binary' }),
			fc.string(),
			(id, prompt, typed) => {
				const name = videoFileName('video/mp4', id, prompt, typed);
				expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}]+\.mp4$/u);
				expect(name.startsWith('.')).toBe(false);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
				expect(name).not.toMatch(/\p{Surrogate}/u);
			},
		),
	);
});

test('the name of an image of a video contains its kind', () => {
	expect(fileNameOf({ type: 'image/webp', id: 'v1', prompt: 'Boat', variant: 'thumbnail' })).toBe(
		'boat-v1-thumbnail.webp',
	);
});

test.each([
	['CON', 'CON-file.mp4'],
	['nul.mp4', 'nul-file.mp4'],
	['com1.backup', 'com1-file.backup.mp4'],
	['Aux', 'Aux-file.mp4'],
	['console', 'console.mp4'],
	['trailing. . ', 'trailing.mp4'],
	['...', 'boat-v1.mp4'],
	['.mp4', 'boat-v1.mp4'],
	['👩\u200d🚀 a\u200bb', '👩\u200d🚀 ab.mp4'],
	['\u202egpm.exe', 'gpm.exe.mp4'],
	['clip\u2028one', 'clip-one.mp4'],
	[' clip.MP4 ', 'clip.mp4'],
])('the name %j from the form is valid on Windows', (typed, expected) => {
	expect(videoFileName('video/mp4', 'v1', 'boat', typed)).toBe(expected);
});

test.each([
	['Chinese', '一'.repeat(300)],
	['emoji', '🚀'.repeat(200)],
	['flags', '🇩🇪'.repeat(100)],
	['families', '👨\u200d👩\u200d👧'.repeat(100)],
	['skin tones', '👍🏽'.repeat(100)],
	['letters with marks', 'o\u0308'.repeat(200)],
])('a long name in %s ends with a whole character, within 255 bytes', (_, typed) => {
	const name = videoFileName('video/mp4', 'v1', 'boat', typed);
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
	expect(Buffer.byteLength(name)).toBeGreaterThan(230);
	const [{ segment: unit }] = new Intl.Segmenter('en').segment(typed);
	expect(
		name
			.replace(/\.mp4$/, '')
			.split(unit)
			.join(''),
	).toBe('');
});
