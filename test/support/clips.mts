/**
 * Creates small clips of every kind with real encoders. Loaded by Node itself (`native.mts`), because the encoders are
 * native code.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encoder, Muxer } from 'node-av/api';
import {
	AV_CHANNEL_LAYOUT_5POINT1_BACK,
	AV_CHANNEL_LAYOUT_MONO,
	AV_CHANNEL_LAYOUT_STEREO,
	AV_LOG_FATAL,
	AV_PIX_FMT_YUV420P,
	AV_PIX_FMT_YUV420P10LE,
	AV_SAMPLE_FMT_FLT,
	AV_SAMPLE_FMT_FLTP,
	AV_SAMPLE_FMT_S16,
	type FFEncoderCodec,
} from 'node-av/constants';
import { Frame, Log, type Packet } from 'node-av/lib';

Log.setLevel(AV_LOG_FATAL);

export interface ClipSpec {
	/** Selects colors and motion, so that clips can be distinguished. */
	look: number;
	seconds?: number;
	framesPerSecond?: number;
	width?: number;
	height?: number;
	is10Bit?: boolean;
	video?: 'libx264' | 'libx265' | 'libsvtav1' | 'mpeg4';
	videoOptions?: Record<string, string | number>;
	/** Absent for a clip without sound. */
	sound?: SoundSpec;
	/** Options of the writer, e.g. `{ movflags: 'frag_keyframe+empty_moov' }`. */
	container?: Record<string, string | number>;
}

interface SoundSpec {
	codec?: 'aac' | 'libfdk_aac' | 'libopus' | 'libmp3lame' | 'ac3';
	rate?: number;
	channels?: 1 | 2 | 6;
	options?: Record<string, string | number>;
}

/** Encodes a clip with a beep in the middle of each second. */
export async function makeClip(spec: ClipSpec): Promise<Buffer> {
	return await inTempFile('mp4', async (file) => await encodeClip(spec, file));
}

/** Encodes a sound file with the same beeps. */
export async function makeSound(
	format: 'adts' | 'mp3' | 'mp4' | 'wav' | 'ogg',
	seconds: number,
	sound: SoundSpec = {},
): Promise<Buffer> {
	return await inTempFile(format, async (file) => {
		await using muxer = await Muxer.open(file, { format });
		const codec = format === 'wav' ? 'pcm_s16le' : sound.codec;
		await encodeSound(muxer, { ...sound, codec: codec as SoundSpec['codec'] }, seconds);
	});
}

async function inTempFile(extension: string, write: (file: string) => Promise<void>) {
	const folder = await mkdtemp(join(tmpdir(), 'clip-'));
	const file = join(folder, `clip.${extension}`);
	await write(file);
	const bytes = await readFile(file);
	await rm(folder, { recursive: true });
	return bytes;
}

async function encodeClip(spec: ClipSpec, file: string): Promise<void> {
	const { seconds = 1, framesPerSecond = 30, video = 'libx264' } = spec;
	await using muxer = await Muxer.open(file, { format: 'mp4', options: spec.container ?? {} });
	const timeBase = { num: 1, den: framesPerSecond };
	const frames = Math.round(seconds * framesPerSecond);
	using encoder = await Encoder.create(video as FFEncoderCodec, {
		options: { threads: 1, ...QUIET[video], ...spec.videoOptions },
	});
	const track = muxer.addStream(encoder);
	const sound = spec.sound && (await startSound(muxer, spec.sound));
	async function writeFrame(packet: Packet) {
		// The AV1 encoder does not set the duration, and the last frame would have none.
		if (packet.duration === 0n) packet.duration = 1n;
		await muxer.writePacket(packet, track);
	}
	for (let i = 0; i < frames; i += 1) {
		using frame = drawFrame(spec, i, timeBase);
		for (const packet of await encoder.encodeAll(frame)) {
			using encoded = packet;
			await writeFrame(encoded);
		}
		await sound?.writeUpTo((i + 1) / framesPerSecond);
	}
	for (const packet of await encoder.encodeAll(null)) {
		using encoded = packet;
		await writeFrame(encoded);
	}
	await sound?.endAt(seconds);
}

const QUIET: Record<string, Record<string, string | number>> = {
	libx264: { preset: 'veryfast' },
	libx265: { preset: 'ultrafast', 'x265-params': 'log-level=none:pools=1' },
	libsvtav1: { preset: 12, 'svtav1-params': 'lp=1' },
};

/** A diagonal gradient that moves, so that encoders have something to predict. */
function drawFrame(spec: ClipSpec, index: number, timeBase: { num: number; den: number }): Frame {
	const { look, width = 128, height = 96, is10Bit = false } = spec;
	const bytes = is10Bit ? 2 : 1;
	const pixels = Buffer.alloc(width * height * 1.5 * bytes);
	const put = (at: number, value: number) =>
		is10Bit ? pixels.writeUInt16LE(value * 4, at * 2) : pixels.writeUInt8(value, at);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const value = (x * (1 + (look % 3)) + y + index * 4 + look * 31) % 200;
			put(y * width + x, 16 + value);
		}
	}
	for (let i = 0; i < (width * height) / 4; i += 1) {
		put(width * height + i, 60 + ((look * 40) % 140));
		put(width * height * 1.25 + i, 60 + ((look * 70 + index) % 140));
	}
	return Frame.fromVideoBuffer(pixels, {
		width,
		height,
		format: is10Bit ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P,
		pts: BigInt(index),
		timeBase,
	});
}

async function encodeSound(muxer: Muxer, spec: SoundSpec, seconds: number): Promise<void> {
	const sound = await startSound(muxer, spec);
	await sound.writeUpTo(seconds);
	await sound.endAt(seconds);
}

const LAYOUTS = {
	1: AV_CHANNEL_LAYOUT_MONO,
	2: AV_CHANNEL_LAYOUT_STEREO,
	6: AV_CHANNEL_LAYOUT_5POINT1_BACK,
};
const FRAME_LENGTHS: Record<string, number> = { libopus: 960, libmp3lame: 1152, ac3: 1536 };
const SAMPLE_FORMATS: Record<string, number> = {
	libfdk_aac: AV_SAMPLE_FMT_S16,
	pcm_s16le: AV_SAMPLE_FMT_S16,
	libopus: AV_SAMPLE_FMT_FLT,
};

async function startSound(muxer: Muxer, spec: SoundSpec) {
	const { codec = 'aac', rate = 48_000, channels = 2, options = {} } = spec;
	const encoder = await Encoder.create(codec as FFEncoderCodec, { bitrate: '96k', options });
	const track = muxer.addStream(encoder);
	const format = SAMPLE_FORMATS[codec] ?? AV_SAMPLE_FMT_FLTP;
	// If an encoder gets more than one frame at once, it drops the rest.
	const frameLength = FRAME_LENGTHS[codec] ?? 1024;
	let first = 0;

	async function encode(frame: Frame | null) {
		for (const packet of await encoder.encodeAll(frame)) {
			using encoded = packet;
			await muxer.writePacket(encoded, track);
		}
	}
	async function encodeNext(count: number) {
		using frame = Frame.fromAudioBuffer(beeps(first, count, rate, channels, format), {
			nbSamples: count,
			format: format as never,
			sampleRate: rate,
			channelLayout: LAYOUTS[channels],
			pts: BigInt(first),
			timeBase: { num: 1, den: rate },
		});
		first += count;
		await encode(frame);
	}
	return {
		/** Writes whole frames only. */
		async writeUpTo(second: number) {
			while (first + frameLength <= second * rate) await encodeNext(frameLength);
		},
		async endAt(second: number) {
			const rest = Math.round(second * rate) - first;
			if (rest > 0) await encodeNext(rest);
			await encode(null);
			encoder.close();
		},
	};
}

/** Start and length of the beep within each second. */
const BEEP_AT = 0.5;
export const BEEP_SECONDS = 0.1;

function beeps(first: number, count: number, rate: number, channels: number, format: number) {
	const isWide = format !== AV_SAMPLE_FMT_S16;
	const isPlanar = format === AV_SAMPLE_FMT_FLTP;
	const bytes = isWide ? 4 : 2;
	const buffer = Buffer.alloc(count * channels * bytes);
	for (let i = 0; i < count; i += 1) {
		const second = (first + i) / rate;
		const isOn = second % 1 >= BEEP_AT && second % 1 < BEEP_AT + BEEP_SECONDS;
		const value = isOn ? 0.6 * Math.sin(2 * Math.PI * 1000 * second) : 0;
		for (let channel = 0; channel < channels; channel += 1) {
			const at = (isPlanar ? channel * count + i : i * channels + channel) * bytes;
			if (isWide) buffer.writeFloatLE(value, at);
			else buffer.writeInt16LE(Math.round(value * 32767), at);
		}
	}
	return buffer;
}
