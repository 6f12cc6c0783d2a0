/** Finds the frames of an AAC file (ADTS, ISO/IEC 14496-3 annex 1.A). */
import type { ClipSound } from '../plan/chooseSound';
import type { Breathe } from '../clip';
import type { ForwardReader } from './forwardReader';
import { joinErrors } from '../joinErrors';
import { scanFrames } from './scanFrames';
import { aacConfig, readAacConfig } from '../format/soundFormat';

const HEADER_BYTES = 7;
const CHECKSUM_BYTES = 2;
/** Samples of priming that encoders add before the sound. The file does not contain this number. */
const PRIMING = 1024;

/**
 * Reads an AAC file from its first frame on.
 * @throws JoinError if there is no usable frame
 */
export async function scanAdts(
	reader: ForwardReader,
	file: string,
	breathe: Breathe,
): Promise<ClipSound> {
	const header = await reader.peek(HEADER_BYTES);
	if (header.length < HEADER_BYTES) throw joinErrors.soundFileDamaged(file);
	const config = aacConfig((header[2] >> 6) + 1, (header[2] >> 2) & 15, channelsOf(header));
	const result = readAacConfig(config);
	if (!('format' in result)) throw joinErrors.soundFileType(file, result.unsupported);
	const { format } = result;

	const samples = await scanFrames(reader, file, breathe, HEADER_BYTES, (bytes) => {
		const isFrame = bytes[0] === 0xff && (bytes[1] & 0xf6) === 0xf0;
		const isAlike =
			((bytes[2] ^ header[2]) & 0xfc) === 0 && channelsOf(bytes) === channelsOf(header);
		// A frame may contain several blocks, but no encoder writes them.
		if (!isFrame || !isAlike || (bytes[6] & 3) !== 0) return undefined;
		const size = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
		const prefix = HEADER_BYTES + (bytes[1] & 1 ? 0 : CHECKSUM_BYTES);
		return size > prefix ? { size, prefix, duration: format.frameLength } : undefined;
	});
	return { format, timescale: format.rate, samples, edit: { delaySeconds: 0, start: PRIMING } };
}

const channelsOf = (header: Buffer) => ((header[2] & 1) << 2) | (header[3] >> 6);
