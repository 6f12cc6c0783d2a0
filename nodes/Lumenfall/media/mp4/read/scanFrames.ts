import type { Breathe } from '../clip';
import type { ForwardReader } from './forwardReader';
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { SampleTable } from '../samples';

/** What the header of a frame says. */
export interface FrameHeader {
	/** Length of the whole frame in bytes. */
	size: number;
	/** Bytes at its start that are not part of the sample. */
	prefix: number;
	/** Number of sound samples in the frame. */
	duration: number;
}

/** Maximum number of other bytes between or after frames: tags, padding, an incomplete frame. */
const MAX_JUNK_BYTES = 256 * 1024;
const STEPS_PER_BREATH = 5000;

/**
 * Lists the frames of a sound file while it is streamed.
 * @param readHeader returns undefined if the bytes are not a frame of this file
 * @throws JoinError if there is no frame, or if there are too many
 */
export async function scanFrames(
	reader: ForwardReader,
	file: string,
	breathe: Breathe,
	headerBytes: number,
	readHeader: (bytes: Buffer) => FrameHeader | undefined,
): Promise<SampleTable> {
	const samples = new SampleTable(MAX_SAMPLES);
	let junk = 0;
	let time = 0;
	for (let step = 1; junk <= MAX_JUNK_BYTES; step += 1) {
		if (step % STEPS_PER_BREATH === 0) await breathe();
		const bytes = await reader.peek(headerBytes);
		if (bytes.length < headerBytes) break;
		const header = readHeader(bytes);
		if (!header) {
			junk += await reader.skip(1);
			continue;
		}
		if (samples.length === MAX_SAMPLES) throw joinErrors.soundFileTooLong(file);
		const { size, prefix, duration } = header;
		const offset = reader.position + prefix;
		// The last frame of the file may be incomplete.
		if ((await reader.skip(size)) < size) break;
		samples.push({
			offset,
			size: size - prefix,
			decode: time,
			duration,
			shift: 0,
			isKey: true,
			entry: 0,
		});
		time += duration;
	}
	if (samples.length === 0) throw joinErrors.soundFileDamaged(file);
	return samples;
}
