/** @jest-environment ./test/support/nativeEnvironment.mjs */
import type { ClipSpec } from '../../../support/clips.mts';
import { box, boxAt, changeBoxes, rotate, setEdit } from '../../../support/mp4Surgery.mts';
import { join, loadClips, refusal, sourceOf, type Clips } from './joinSupport.mts';

let clips: Clips;
let plain: Buffer;

beforeAll(async () => {
	clips = await loadClips();
	plain = await make({});
});

async function make(spec: Partial<ClipSpec>): Promise<Buffer> {
	return await clips.makeClip({ look: 1, seconds: 0.2, ...spec });
}

const sdr = { color_primaries: 'bt709', color_trc: 'bt709', colorspace: 'bt709' };
const hdr = { color_primaries: 'bt2020', color_trc: 'smpte2084', colorspace: 'bt2020nc' };

it.each<[string, Partial<ClipSpec>, string]>([
	['size', { width: 96, height: 64 }, 'Clip 2 has the size 96x64, but Clip 1 has 128x96'],
	['codec', { video: 'libx265' }, 'Clip 2 has the codec H.265, but Clip 1 has H.264'],
	['bit depth', { is10Bit: true }, 'Clip 2 has the pixel format 4:2:0, 10 bit, but Clip 1'],
	['colors', { videoOptions: hdr }, 'Clip 2 has the colors HDR (PQ) BT.2020'],
])(
	'a different %s is refused, and the error names both clips and what to change',
	async (_, spec, words) => {
		const text = await refusal([plain, await make(spec)]);
		expect(text).toContain(words);
		expect(text).toContain("'Resolution'");
	},
);

it('a clip without color information can be joined with any others except HDR', async () => {
	const stated = await make({ videoOptions: sdr });
	await join([plain, stated, plain]);
	expect(await refusal([stated, await make({ videoOptions: hdr })])).toContain('the colors');
});

it('a different rotation is refused', async () => {
	expect(await refusal([plain, rotate(plain)])).toContain(
		'Clip 2 has the rotation 90 degrees, but Clip 1 has 0 degrees',
	);
});

it('a different pixel aspect ratio is refused, unless it is only written with other numbers', async () => {
	const withAspect = (width: number, height: number) => {
		const pasp = Buffer.alloc(8);
		pasp.writeUInt32BE(width, 0);
		pasp.writeUInt32BE(height, 4);
		return addToEntry(plain, box('pasp', pasp));
	};
	expect(await refusal([plain, withAspect(4, 3)])).toContain('the pixel aspect ratio 4:3');
	await join([withAspect(4, 3), withAspect(8, 6)]);
	await join([plain, withAspect(1, 1)]);
});

/** Adds a box to the sample entry of the video track. */
function addToEntry(file: Buffer, added: Buffer): Buffer {
	return changeBoxes(file, (path, payload) => {
		if (path !== 'moov/trak:vide/mdia/minf/stbl/stsd') return undefined;
		const type = payload.toString('latin1', 12, 16);
		const bytes = payload.readUInt32BE(8);
		return Buffer.concat([
			payload.subarray(0, 8),
			box(type, payload.subarray(16, 8 + bytes), added),
			payload.subarray(8 + bytes),
		]);
	});
}

it('different lengths of NAL unit sizes are refused', async () => {
	const other = changeEntry(plain, 'avcC', (avcC) => {
		avcC[4] = 0xfd;
	});
	expect(await refusal([plain, other])).toContain('NAL units with lengths of 2 bytes');
});

/** Changes a box within the sample entry of the video track. */
function changeEntry(file: Buffer, type: string, change: (payload: Buffer) => void): Buffer {
	return changeBoxes(file, (path, payload) => {
		if (path !== 'moov/trak:vide/mdia/minf/stbl/stsd') return undefined;
		const changed = Buffer.from(payload);
		const at = changed.indexOf(type);
		if (at < 0) throw new Error(`The sample entry has no ${type}`);
		change(changed.subarray(at + 4));
		return changed;
	});
}

it.each<[string, Partial<ClipSpec>, string]>([
	[
		'rate',
		{ sound: { rate: 44_100 } },
		'Clip 2 has sound in AAC 44100 Hz stereo, but Clip 1 in AAC 48000 Hz',
	],
	['number of channels', { sound: { channels: 1 } }, 'AAC 48000 Hz mono'],
	['codec', { sound: { codec: 'libopus' } }, 'Opus 48000 Hz stereo'],
	['codec that cannot be joined', { sound: { codec: 'ac3' } }, 'Clip 2 has sound in Dolby Digital'],
])('sound with a different %s is refused, and the error has a solution', async (_, spec, words) => {
	const text = await refusal([await make({ sound: {} }), await make(spec)]);
	expect(text).toContain(words);
	expect(text).toContain("'If Sound Differs'");
});

it('different sound is allowed if the sound is not kept', async () => {
	const different = [await make({ sound: {} }), await make({ sound: { codec: 'ac3' } })];
	const { plan } = await join(different, { sound: 'none' });
	expect(plan.hasAudio).toBe(false);
});

it('the same AAC format in two encodings can be joined', async () => {
	const one = await make({ sound: {} });
	const other = changeBoxes(one, (path, payload) => {
		if (path !== 'moov/trak:soun/mdia/minf/stbl/stsd') return undefined;
		// Five bytes with an extension that says "no spectral band replication" are replaced by two.
		const at = payload.indexOf(Buffer.from([0x05, 0x80, 0x80, 0x80, 0x05]));
		const changed = Buffer.from(payload);
		changed[at + 4] = 2;
		return changed;
	});
	expect(other.equals(one)).toBe(false);
	const { plan } = await join([one, other]);
	expect(plan.hasAudio).toBe(true);
});

it.each<[string, Partial<ClipSpec>, string]>([
	['MPEG-4 Part 2', { video: 'mpeg4' }, 'Clip 1 is MPEG-4 Part 2 video; only H.264, H.265 and AV1'],
])('%s is refused', async (_, spec, words) => {
	expect(await refusal([await make(spec)])).toContain(words);
});

it('a clip that does not start with a key frame is refused', async () => {
	const headless = changeBoxes(plain, (path, payload) => {
		if (!path.endsWith('stss')) return undefined;
		const stss = Buffer.from(payload);
		stss.writeUInt32BE(2, 8);
		return stss;
	});
	expect(await refusal([plain, headless])).toContain('Clip 2 does not start with a key frame');
});

it('a clip whose track header ends early is damaged', async () => {
	const short = changeBoxes(plain, (path, payload) =>
		path.endsWith('tkhd') ? payload.subarray(0, 24) : undefined,
	);
	expect(await refusal([plain, short])).toContain('Clip 2 is damaged');
});

it('a later clip that hides its start is refused', async () => {
	const long = await clips.makeClip({ look: 1, seconds: 1, videoOptions: { bf: 0 } });
	const hidden = setEdit(long, 'vide', [[0.5, 15_360 / 2]]);
	expect(await refusal([plain, hidden])).toContain('Clip 2 hides its first 0.50 seconds');
	await join([hidden, plain]);
});

it('an edit list that repeats or reorders is refused, one in two pieces is not', async () => {
	const long = await clips.makeClip({ look: 1, seconds: 1, videoOptions: { bf: 0 } });
	const half = 15_360 / 2;
	expect(
		await refusal([
			setEdit(long, 'vide', [
				[0.5, half],
				[0.5, 0],
			]),
		]),
	).toContain('plays parts of its file in another order');
	const { plan } = await join([
		setEdit(long, 'vide', [
			[0.5, 0],
			[0.5, half],
		]),
	]);
	expect(plan.seconds).toBeCloseTo(1, 5);
});

it.each<[string, string | Buffer, string]>([
	[
		'a web page',
		'<!doctype html><title>Not found</title>',
		'is not an MP4 file: it is a text or web page',
	],
	['a WebM file', Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex'), 'is not an MP4 file'],
	['an empty file', '', 'is not an MP4 file'],
	['noise', Buffer.alloc(5000, 'noise'), 'is not an MP4 file'],
])('%s is refused', async (_, file, words) => {
	expect(await refusal([plain, Buffer.from(file)])).toContain(`Clip 2 ${words}`);
});

it('a truncated file is refused, wherever it ends', async () => {
	const withSound = await make({ sound: {} });
	const inFront = await make({ sound: {}, container: { movflags: 'faststart' } });
	for (const file of [withSound, inFront]) {
		for (const part of [0.05, 0.3, 0.6, 0.9, 0.99]) {
			const cut = file.subarray(0, Math.floor(file.length * part));
			expect(await refusal([plain, cut], { sound: 'none' })).toMatch(
				/Clip 2 (is incomplete|has no index|is damaged)/,
			);
		}
	}
});

it('a file that becomes shorter between its two passes is refused', async () => {
	let pass = 0;
	const { joinClips } = await import('../../../../nodes/Lumenfall/media/mp4/joinClips');
	const source = {
		name: 'Clip 1',
		open: async () => {
			pass += 1;
			const { open } = sourceOf(pass === 1 ? plain : plain.subarray(0, 100), 'Clip 1');
			return await open();
		},
	};
	const plan = await joinClips([source], {
		sound: 'keep',
		differentSound: 'refuse',
		breathe: async () => {},
	});
	const readAll = async () => {
		for await (const _ of plan.content());
	};
	await expect(readAll()).rejects.toThrow('Clip 1 changed while it was read');
});

it.each([
	['wav', {}, 'is a WAV file'],
	['ogg', { codec: 'libopus' }, 'is an Ogg file'],
] as const)('a sound file of type %s is refused with advice', async (format, sound, words) => {
	const bytes = await clips.makeSound(format, 1, sound);
	const text = await refusal([plain], { sound: sourceOf(bytes, 'The sound file') });
	expect(text).toContain(`The sound file ${words}`);
	expect(text).toContain('AAC (best) or MP3');
});

it('a sound file without sound is refused', async () => {
	const noise = Buffer.alloc(600_000, 'x');
	noise.write('\xff\xfb\x90\x00', 0, 'latin1');
	expect(await refusal([plain], { sound: sourceOf(noise.subarray(0, 3), 'S') })).toContain('S is');
	expect(await refusal([plain], { sound: sourceOf(plain, 'S') })).toContain('a file without sound');
});

it('an empty list of clips is refused', async () => {
	expect(await refusal([])).toContain('There are no clips to join');
});

it('more than four gigabytes are refused', async () => {
	// Every sample of the clip claims a gigabyte; the file claims to hold them.
	const file = changeBoxes(plain, (path, payload) => {
		if (!path.endsWith('vide/mdia/minf/stbl/stsz')) return undefined;
		const stsz = Buffer.from(payload);
		stsz.writeUInt32BE(0x40000000, 12);
		for (let at = 16; at < stsz.length; at += 4) stsz.writeUInt32BE(0x40000000, at);
		return stsz;
	});
	const { joinClips } = await import('../../../../nodes/Lumenfall/media/mp4/joinClips');
	const index = Buffer.concat(['ftyp', 'moov'].map((type) => box(type, boxAt(file, type))));
	const source = { ...sourceOf(index, 'Clip 1'), bytes: 2 ** 40 };
	await expect(
		joinClips([source], { sound: 'none', differentSound: 'refuse', breathe: async () => {} }),
	).rejects.toThrow('The joined video would be 6.0 GB; the limit is 4 GB');
});
