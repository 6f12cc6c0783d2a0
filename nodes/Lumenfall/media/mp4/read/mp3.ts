/** Finds the frames of an MP3 file (ISO/IEC 11172-3 section 2.4.1, ISO/IEC 13818-3). */
import type { ClipSound } from '../plan/chooseSound';
import type { Breathe } from '../clip';
import type { ForwardReader } from './forwardReader';
import { joinErrors } from '../joinErrors';
import { scanFrames, type FrameHeader } from './scanFrames';
import { mp3Format } from '../format/soundFormat';

const HEADER_BYTES = 4;

/** kbit/s by index. 0 means not allowed or not stated. */
const MPEG1_BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const MPEG2_BITRATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
/** Hz of MPEG-1 by index. MPEG-2 has half the rate, MPEG-2.5 a quarter. */
const RATES = [44100, 48000, 32000, 0];
/** By the two version bits; 1 is reserved. */
const RATE_DIVISORS = [4, 0, 2, 1];
const MONO = 3;

interface Mp3Header extends FrameHeader {
	rate: number;
	channels: number;
	/** Bytes between the header and the data of the frame. */
	sideBytes: number;
}

/**
 * Reads an MP3 file from its first frame on.
 * @throws JoinError if there is no usable frame
 */
export async function scanMp3(
	reader: ForwardReader,
	file: string,
	breathe: Breathe,
): Promise<ClipSound> {
	const first = readHeader(await reader.peek(HEADER_BYTES));
	if (!first) throw joinErrors.soundFileDamaged(file);
	const format = mp3Format(first.rate, first.channels);
	const tag = readTag(await reader.peek(first.size), first);
	if (tag) await reader.skip(first.size);

	const samples = await scanFrames(reader, file, breathe, HEADER_BYTES, (bytes) => {
		const header = readHeader(bytes);
		return header && header.rate === first.rate ? header : undefined;
	});
	const edit = { delaySeconds: 0, start: tag?.priming ?? 0 };
	return { format, timescale: format.rate, samples, edit };
}

function readHeader(bytes: Buffer): Mp3Header | undefined {
	if (bytes.length < HEADER_BYTES || bytes[0] !== 0xff || (bytes[1] & 0xe6) !== 0xe2)
		return undefined;
	const divisor = RATE_DIVISORS[(bytes[1] >> 3) & 3];
	const isMpeg1 = divisor === 1;
	const kilobits = (isMpeg1 ? MPEG1_BITRATES : MPEG2_BITRATES)[bytes[2] >> 4];
	const rate = divisor && RATES[(bytes[2] >> 2) & 3] / divisor;
	if (!kilobits || !rate) return undefined;
	const isMono = bytes[3] >> 6 === MONO;
	const padding = (bytes[2] >> 1) & 1;
	return {
		rate,
		channels: isMono ? 1 : 2,
		size: Math.floor(((isMpeg1 ? 144 : 72) * kilobits * 1000) / rate) + padding,
		prefix: 0,
		duration: isMpeg1 ? 1152 : 576,
		sideBytes: isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17,
	};
}

/** Samples by which every decoder increases the encoder's delay. */
const DECODER_DELAY = 529;
const VBRI_AT = 36;

/**
 * Reads the info tag that the first frame may contain instead of sound: number of frames, and the encoder's priming
 * (http://gabriel.mp3-tech.org/mp3infotag.html). Undefined if the frame contains sound.
 */
function readTag(frame: Buffer, { sideBytes }: Mp3Header): { priming: number } | undefined {
	const at = HEADER_BYTES + sideBytes;
	const name = frame.toString('latin1', at, at + 4);
	if (frame.toString('latin1', VBRI_AT, VBRI_AT + 4) === 'VBRI') return { priming: 0 };
	if (name !== 'Xing' && name !== 'Info') return undefined;
	const flags = frame.length >= at + 8 ? frame.readUInt32BE(at + 4) : 0;
	const optional = [4, 4, 100, 4].reduce(
		(sum, bytes, i) => sum + (flags & (1 << i) ? bytes : 0),
		0,
	);
	const delayAt = at + 8 + optional + 21;
	if (frame.length < delayAt + 2) return { priming: 0 };
	const delay = frame.readUInt16BE(delayAt) >> 4;
	return { priming: delay > 0 ? delay + DECODER_DELAY : 0 };
}
