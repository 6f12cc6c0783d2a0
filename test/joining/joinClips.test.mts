import type { ClipSpec } from '../support/clips.mts';
import { boxAt, changeBoxes, rotate, setEdit, widen } from '../support/mp4Surgery.mts';
import {
	expectFaithfulJoin,
	join,
	loadClips,
	sourceOf,
	type Clips,
} from '../unit/media/mp4/joinSupport.mts';

let clips: Clips;
const made = new Map<string, Promise<Buffer>>();

/** The same clip is encoded once for all tests. */
async function make(spec: ClipSpec): Promise<Buffer> {
	const key = JSON.stringify(spec);
	if (!made.has(key)) made.set(key, clips.makeClip(spec));
	return await made.get(key)!;
}
const makeAll = async (specs: ClipSpec[]) => await Promise.all(specs.map(make));

beforeAll(async () => {
	clips = await loadClips();
});

const x264 = (look: number, preset: string, more: Partial<ClipSpec> = {}): ClipSpec => ({
	look,
	videoOptions: { preset },
	sound: {},
	...more,
});
const slow = x264(1, 'medium');
const fast = x264(2, 'veryfast', { seconds: 1.5 });
const simple = x264(3, 'ultrafast', { seconds: 2 });
const mono = { rate: 44_100, channels: 1 } as const;
const hevc = (look: number, options: string): ClipSpec => ({
	look,
	video: 'libx265',
	videoOptions: { 'x265-params': `log-level=none:pools=1:${options}` },
	sound: mono,
});
const av1 = (look: number, more: Partial<ClipSpec> = {}): ClipSpec => ({
	look,
	video: 'libsvtav1',
	sound: { codec: 'libopus' },
	...more,
});
const fragmented = { movflags: 'frag_keyframe+empty_moov+default_base_moof' };

interface Case {
	name: string;
	specs: ClipSpec[];
	silent?: number[];
	leaveOut?: boolean;
}

const cases: Case[] = [
	{ name: 'one clip alone', specs: [slow] },
	{ name: 'H.264 of three encoder settings', specs: [slow, fast, simple] },
	{
		name: 'index at the end beside index in front',
		specs: [slow, { ...fast, container: { movflags: 'faststart' } }, slow],
	},
	{
		name: '24 frames per second with sound of 44.1 kHz',
		specs: [1, 2, 3].map((look) => ({ look, framesPerSecond: 24, sound: mono })),
	},
	{
		name: '30, 24 and 25 frames per second',
		specs: [30, 24, 25].map((framesPerSecond, look) => ({ look, framesPerSecond, sound: {} })),
	},
	{
		name: 'sound of another rate, left out',
		specs: [slow, { look: 4, framesPerSecond: 24, sound: mono }, fast],
		silent: [1],
		leaveOut: true,
	},
	{
		name: 'sound that cannot be joined, left out',
		specs: [slow, { look: 4, sound: { codec: 'ac3' } }, fast],
		silent: [1],
		leaveOut: true,
	},
	{ name: 'sound in the middle only', specs: [{ look: 1 }, slow, { look: 2 }], silent: [0, 2] },
	{ name: 'no sound at all', specs: [{ look: 1 }, { look: 2, seconds: 0.5 }] },
	{
		name: 'one frame each',
		specs: [
			{ look: 1, seconds: 1 / 30 },
			{ look: 2, seconds: 1 / 30 },
		],
	},
	{
		name: 'fragmented, plain, fragmented',
		specs: [{ ...slow, container: fragmented }, fast, { ...simple, container: fragmented }],
	},
	{
		name: 'fragmented with addresses from the start of the file',
		specs: [1, 2].map((look) => ({
			look,
			seconds: 2,
			videoOptions: { preset: 'medium', g: 15 },
			sound: {},
			container: { movflags: 'frag_keyframe+delay_moov' },
		})),
	},
	{
		name: 'without and with B-frames',
		specs: [0, 3, 0].map((bf, look) => ({
			look,
			videoOptions: { preset: 'medium', bf },
			sound: mono,
		})),
	},
	{
		name: 'H.265 of three encoder settings',
		specs: [hevc(1, 'bframes=4'), hevc(2, 'bframes=0'), hevc(3, 'bframes=2:ref=3')],
	},
	{ name: 'AV1 with Opus', specs: [av1(1), av1(2), av1(3)] },
	{ name: 'AV1 of two settings', specs: [av1(1), av1(2, { videoOptions: { preset: 10, g: 10 } })] },
	{ name: 'Opus beside a silent clip', specs: [av1(1, { sound: undefined }), av1(2)], silent: [0] },
	{
		name: 'open GOPs beside closed ones',
		specs: [
			{
				look: 1,
				seconds: 2,
				videoOptions: { 'x264-params': 'open-gop=1:keyint=12:bframes=3' },
				sound: {},
			},
			slow,
		],
	},
	{
		name: 'access unit delimiters',
		specs: [1, 2].map((look) => ({
			look,
			videoOptions: {
				preset: look === 1 ? 'medium' : 'ultrafast',
				'x264-params': 'aud=1:keyint=10',
			},
			sound: {},
		})),
	},
	{
		name: 'MP3 beside a silent clip',
		specs: [
			{ look: 1, sound: { codec: 'libmp3lame' } },
			{ look: 2 },
			{ look: 3, sound: { codec: 'libmp3lame' } },
		],
		silent: [1],
	},
	{
		name: 'six channels beside a silent clip',
		specs: [{ look: 1, sound: { channels: 6 } }, { look: 2 }],
		silent: [1],
	},
	{ name: 'ten bits', specs: [1, 2].map((look) => ({ look, is10Bit: true, sound: {} })) },
	{
		name: 'two encoders of AAC',
		specs: [slow, { look: 5, sound: { codec: 'libfdk_aac' } }, fast],
	},
];

it.each(cases)('joins $name', async ({ specs, silent, leaveOut }) => {
	const differentSound = leaveOut ? 'leaveOut' : 'refuse';
	await expectFaithfulJoin(clips, await makeAll(specs), { silent, differentSound });
});

it('joins rotated clips', async () => {
	const [one, other] = (await makeAll([slow, fast])).map(rotate);
	await expectFaithfulJoin(clips, [one, other]);
	const { plan } = await join([one, other]);
	expect(plan).toMatchObject({ width: 96, height: 128 });
});

it('joins files with 64-bit sizes, addresses and times', async () => {
	const files = (await makeAll([slow, fast])).map(widen);
	await expectFaithfulJoin(clips, [...files, await make(simple)]);
});

it('joins a video that was joined before', async () => {
	const [silent, ...others] = await makeAll([{ look: 4 }, slow, fast, simple]);
	const { file } = await join([silent, others[0], others[1], silent]);
	await expectFaithfulJoin(clips, [file, others[2], file]);
});

it('the sound of forty clips is never off by more than half a frame', async () => {
	const three = await makeAll([
		slow,
		fast,
		{ look: 3, seconds: 0.7, framesPerSecond: 24, sound: {} },
	]);
	const late = await expectFaithfulJoin(
		clips,
		Array.from({ length: 40 }, (_, i) => three[i % 3]),
	);
	expect(late).toHaveLength(40);
});

it('a last frame with a duration of 0 gets the usual duration', async () => {
	const timeless = changeBoxes(await make({ look: 1, videoOptions: { bf: 0 } }), (path) => {
		if (path.endsWith('elst')) return null;
		if (!path.endsWith('stts')) return undefined;
		const stts = Buffer.alloc(24);
		[2, 29, 512, 1, 0].forEach((value, i) => stts.writeUInt32BE(value, 4 + i * 4));
		return stts;
	});
	const { plan } = await join([timeless, timeless]);
	expect(plan.seconds).toBeCloseTo(2, 5);
	await expectFaithfulJoin(clips, [timeless, timeless]);
});

it('puts the index first', async () => {
	const { file } = await join(await makeAll([slow, fast]));
	expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
});

it('returns the metadata of the joined video', async () => {
	const { plan } = await join(await makeAll([slow, fast, simple]));
	expect(plan).toMatchObject({
		seconds: 4.5,
		width: 128,
		height: 96,
		hasAudio: true,
		clips: [
			{ name: 'Clip 1', startsAt: 0, seconds: 1 },
			{ name: 'Clip 2', startsAt: 1, seconds: 1.5 },
			{ name: 'Clip 3', startsAt: 2.5, seconds: 2 },
		],
	});
});

it('equal settings of all clips are stored once, and the frames are not changed', async () => {
	const same = await makeAll([1, 2].map((look) => x264(look, 'medium', { sound: undefined })));
	const { file } = await join(same);
	expect(boxAt(file, 'moov/trak:vide/mdia/minf/stbl/stsd').readUInt32BE(4)).toBe(1);
	const mdatBytes = (bytes: Buffer) => boxAt(bytes, 'mdat').length;
	expect(mdatBytes(file)).toBe(mdatBytes(same[0]) + mdatBytes(same[1]));
});

it('settings are inserted after an access unit delimiter', async () => {
	const specs = [1, 2].map((look) => ({
		look,
		videoOptions: { preset: look === 1 ? 'medium' : 'ultrafast', 'x264-params': 'aud=1:keyint=10' },
	}));
	const { file } = await join(await makeAll(specs));
	const stbl = 'moov/trak:vide/mdia/minf/stbl';
	const sizes = boxAt(file, `${stbl}/stsz`);
	let at = boxAt(file, `${stbl}/stco`).readUInt32BE(8);
	// The first sample contains an SEI message of the encoder. The next key frame is the eleventh sample.
	for (let i = 0; i < 10; i += 1) at += sizes.readUInt32BE(12 + i * 4);
	expect(unitTypes(file.subarray(at)).slice(0, 3)).toEqual([9, 7, 8]);
});

function unitTypes(sample: Buffer): number[] {
	const types: number[] = [];
	for (let at = 0; at + 4 < sample.length && types.length < 6; at += 4 + sample.readUInt32BE(at)) {
		types.push(sample[at + 4] & 31);
	}
	return types;
}

describe('the edit list of a clip', () => {
	const cut = {
		look: 6,
		seconds: 2,
		videoOptions: { preset: 'medium', bf: 2 },
		sound: {},
	} as const;
	/** Ticks per second of the video track. */
	const track = 15_360;
	const delay = 1024;

	it('hides the start of the first clip, and its sound stays in sync', async () => {
		const start = delay + 0.4 * track;
		const whole = await make(cut);
		const hidden = setEdit(setEdit(whole, 'vide', [[1.6, start]]), 'soun', [
			[1.6, 1024 + 0.4 * 48_000],
		]);
		await expectFaithfulJoin(clips, [hidden, await make(fast)]);
		const { plan, file } = await join([hidden, await make(fast)]);
		expect(plan.clips[0].seconds).toBeCloseTo(1.6, 3);
		expect((await clips.findBeeps(file))[0]).toBeCloseTo(0.1, 1);
	});

	it('hides whole groups of frames of any clip', async () => {
		const grouped = await make({ ...cut, videoOptions: { preset: 'medium', bf: 2, g: 15 } });
		const hidden = setEdit(setEdit(grouped, 'vide', [[1.5, delay + 0.5 * track]]), 'soun', [
			[1.5, 1024 + 0.5 * 48_000],
		]);
		await expectFaithfulJoin(clips, [await make(fast), hidden, await make(fast)]);
	});

	it('hides the end of a clip', async () => {
		const whole = await make({ ...cut, videoOptions: { preset: 'medium', bf: 0 } });
		const hidden = setEdit(whole, 'vide', [[1.2, 0]]);
		const { plan } = await join([hidden, await make(fast)]);
		expect(plan.clips[0].seconds).toBeCloseTo(1.2, 3);
		await expectFaithfulJoin(clips, [hidden, await make(fast)]);
	});

	it('delays the sound of a clip', async () => {
		const late = setEdit(await make(cut), 'soun', [
			[0.3, -1],
			[1.7, 1024],
		]);
		const { file } = await join([await make(slow), late]);
		const beeps = await clips.findBeeps(file);
		expect(beeps[1]).toBeCloseTo(1.8, 1);
		await expectFaithfulJoin(clips, [late, await make(slow)]);
	});
});

describe('a maximum clip length', () => {
	it.each([0.5, 0.75, 1])('keeps at most %d seconds of each, whole frames only', async (limit) => {
		const files = await makeAll([slow, fast, simple]);
		const { plan, file } = await join(files, { maxClipSeconds: limit });
		const frames = await clips.decodeFrames(file);
		const expected: string[] = [];
		for (const [i, source] of files.entries()) {
			const { seconds } = plan.clips[i];
			expect(seconds).toBeLessThanOrEqual(limit);
			// Clean cuts are a few frames apart.
			expect(seconds).toBeGreaterThan(limit - 0.3);
			const own = await clips.decodeFrames(source);
			expected.push(...own.filter(({ at }) => at < seconds - 0.001).map(({ hash }) => hash));
		}
		expect(frames.map(({ hash }) => hash)).toEqual(expected);
	});

	it('leaves shorter clips unchanged', async () => {
		await expectFaithfulJoin(clips, await makeAll([slow, fast]), { maxClipSeconds: 60 });
	});

	it('keeps at least a first frame', async () => {
		const { plan } = await join(await makeAll([slow, fast]), { maxClipSeconds: 0.001 });
		expect(plan.clips.every(({ seconds }) => seconds > 0)).toBe(true);
	});
});

describe('the sound of a file', () => {
	const files = [
		['AAC (ADTS)', 'adts', {}],
		['AAC (M4A)', 'mp4', {}],
		['MP3', 'mp3', { codec: 'libmp3lame' }],
		['MP3 of 24 kHz', 'mp3', { codec: 'libmp3lame', rate: 24_000, channels: 1 }],
		['Opus (MP4)', 'mp4', { codec: 'libopus' }],
	] as const;

	it.each(files)('%s replaces that of the clips, to the millisecond', async (_, format, sound) => {
		const bytes = await clips.makeSound(format, 5, sound);
		const { plan, file } = await join(await makeAll([slow, { look: 2 }, simple]), {
			sound: sourceOf(bytes, 'The sound file'),
		});
		expect(plan.hasAudio).toBe(true);
		const beeps = await clips.findBeeps(file);
		expect(beeps).toHaveLength(4);
		beeps.forEach((at, i) => expect(Math.abs(at - i - 0.5)).toBeLessThan(0.002));
		expect(await clips.decodeFrames(file)).toHaveLength(120);
	});

	it.each(files)(
		'%s that is shorter than the video is followed by silence',
		async (_, format, sound) => {
			const bytes = await clips.makeSound(format, 1, sound);
			const { file } = await join(await makeAll([slow, simple]), { sound: sourceOf(bytes, 'S') });
			expect(await clips.findBeeps(file)).toHaveLength(1);
			expect(await clips.loudestBetween(file, 1.2, 3)).toBeLessThan(0.01);
		},
	);
});

it('the joined video can have no sound', async () => {
	const { plan, file } = await join(await makeAll([slow, fast]), { sound: 'none' });
	expect(plan.hasAudio).toBe(false);
	expect(file.includes('soun')).toBe(false);
});

it('generated silence decodes to silence', async () => {
	for (const sound of [
		{},
		{ channels: 1 },
		{ channels: 6 },
		{ codec: 'libmp3lame' },
		{ codec: 'libopus' },
	] as const) {
		const { file } = await join(await makeAll([{ look: 1 }, { look: 2, sound }, { look: 1 }]));
		expect(await clips.loudestBetween(file, 0, 0.95)).toBeLessThan(0.01);
		expect(await clips.loudestBetween(file, 1, 2)).toBeGreaterThan(0.3);
		expect(await clips.loudestBetween(file, 2.1, 3)).toBeLessThan(0.01);
	}
});
