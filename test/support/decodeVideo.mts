/**
 * Decodes videos: frame by frame, and the sound as a whole. Loaded by Node itself (`native.mts`), because the decoders are
 * native code.
 */
import { createHash } from 'node:crypto';
import { Decoder, Demuxer } from 'node-av/api';
import { AV_LOG_FATAL, AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_S16 } from 'node-av/constants';
import { Log, type Frame } from 'node-av/lib';
import { BEEP_SECONDS } from './clips.mts';

Log.setLevel(AV_LOG_FATAL);

interface DecodedFrame {
	/** Seconds since the start of the video. */
	at: number;
	/** Hash of all its pixels. */
	hash: string;
}

/** Caches decoded frames, because videos of many clips use the same file several times. */
const decodedFrames = new WeakMap<Buffer, Promise<DecodedFrame[]>>();
const decodedSound = new WeakMap<Buffer, Promise<SoundPiece[]>>();

/**
 * Decodes every frame.
 * @throws if the decoder reports any error
 */
export async function decodeFrames(file: Buffer): Promise<DecodedFrame[]> {
	return await once(decodedFrames, file, async () => {
		const frames: DecodedFrame[] = [];
		await decode(file, 'video', (frame, at) => {
			frames.push({ at, hash: createHash('md5').update(frame.toBuffer()).digest('hex') });
		});
		return frames;
	});
}

/** Returns the start of each beep, in seconds, according to the times in the file, so that gaps are preserved. */
export async function findBeeps(file: Buffer): Promise<number[]> {
	const starts: number[] = [];
	let lastLoud = Number.NEGATIVE_INFINITY;
	for (const { at, rate, values } of await decodeSound(file)) {
		values.forEach((value, i) => {
			if (Math.abs(value) < LOUD) return;
			const second = at + i / rate;
			if (second - lastLoud > BEEP_SECONDS) starts.push(second);
			lastLoud = second;
		});
	}
	return starts;
}

const LOUD = 0.25;

/** Returns the maximum amplitude in a section of the sound, from 0 to 1. */
export async function loudestBetween(file: Buffer, from: number, to: number): Promise<number> {
	let loudest = 0;
	for (const { at, rate, values } of await decodeSound(file)) {
		values.forEach((value, i) => {
			const second = at + i / rate;
			if (second >= from && second < to) loudest = Math.max(loudest, Math.abs(value));
		});
	}
	return loudest;
}

/** The decoded first channel of one packet. */
interface SoundPiece {
	/** Seconds since the start of the video. */
	at: number;
	rate: number;
	values: Float32Array;
}

async function decodeSound(file: Buffer): Promise<SoundPiece[]> {
	return await once(decodedSound, file, async () => {
		const pieces: SoundPiece[] = [];
		await decode(file, 'audio', (frame, at) => {
			pieces.push({ at, rate: frame.sampleRate, values: firstChannel(frame) });
		});
		return pieces;
	});
}

function firstChannel(frame: Frame): Float32Array {
	const bytes = frame.toBuffer();
	const step = frame.format === AV_SAMPLE_FMT_FLTP ? 1 : frame.channels;
	return Float32Array.from({ length: frame.nbSamples }, (_, i) =>
		frame.format === AV_SAMPLE_FMT_S16
			? bytes.readInt16LE(i * step * 2) / 32768
			: bytes.readFloatLE(i * step * 4),
	);
}

async function decode(
	file: Buffer,
	kind: 'video' | 'audio',
	visit: (frame: Frame, at: number) => void,
): Promise<void> {
	await using demuxer = await Demuxer.open(file);
	const stream = demuxer[kind]();
	if (!stream) throw new Error(`The file has no ${kind} track`);
	const { num, den } = stream.timeBase;
	using decoder = await Decoder.create(stream, { exitOnError: true, options: { threads: 1 } });
	for (using packet of demuxer.packetsSync(stream.index)) {
		for (const decoded of await decoder.decodeAll(packet)) {
			using frame = decoded;
			visit(frame, (Number(frame.pts) * num) / den);
		}
	}
}

async function once<Value>(
	known: WeakMap<Buffer, Promise<Value>>,
	file: Buffer,
	make: () => Promise<Value>,
): Promise<Value> {
	if (!known.has(file)) known.set(file, make());
	return await known.get(file)!;
}
