/** Writes the media data of a joined video while its files are streamed. No frame is held in memory. */
import type { Breathe, ClipSource } from '../clip';
import { ForwardReader } from '../read/forwardReader';
import { joinErrors } from '../joinErrors';
import type { FilePiece, Insertion, Piece } from '../plan/layOut';

const BYTES_PER_BREATH = 4 * 1024 * 1024;
const PIECES_PER_BREATH = 500;

/**
 * Yields the file of the joined video: its index, then the pieces.
 * @param sources the files, in the order of the indexes in the pieces
 * @throws JoinError if a file has become shorter since it was planned
 */
export async function* writeMovie(
	index: Buffer,
	pieces: Piece[],
	sources: ClipSource[],
	breathe: Breathe,
): AsyncGenerator<Buffer> {
	yield index;
	let open: { source: number; reader: ForwardReader } | undefined;
	let written = 0;
	let count = 0;
	try {
		for (const piece of pieces) {
			if (piece.kind === 'own') {
				yield piece.bytes;
				continue;
			}
			const source = sources[piece.source];
			if (open?.source !== piece.source) {
				await open?.reader.close();
				open = { source: piece.source, reader: new ForwardReader(await source.open()) };
			}
			for await (const bytes of readPiece(piece, open.reader, source.name)) {
				yield bytes;
				written += bytes.length;
			}
			count += 1;
			if (written >= BYTES_PER_BREATH || count >= PIECES_PER_BREATH) {
				[written, count] = [0, 0];
				await breathe();
			}
		}
	} finally {
		await open?.reader.close();
	}
}

async function* readPiece(
	piece: FilePiece,
	reader: ForwardReader,
	name: string,
): AsyncGenerator<Buffer> {
	await reader.skip(piece.from - reader.position);
	if (piece.kind === 'keyFrame') {
		const delimiter = await readDelimiter(piece.insertion, reader, piece.to - piece.from);
		yield Buffer.concat([delimiter, piece.insertion.parameterSets]);
	}
	yield* reader.slices(piece.to - reader.position);
	if (reader.position < piece.to) throw joinErrors.changed(name);
}

/** Number of bytes that contain a complete delimiter. */
const DELIMITER_BYTES = 16;

/**
 * Reads what must stay before the settings: an access unit delimiter (H.264 section 7.4.1.2.3, H.265 section 7.4.2.4.4)
 * or a temporal delimiter (AV1 section 7.5), if the frame starts with one.
 */
async function readDelimiter(
	{ codec, lengthBytes }: Insertion,
	reader: ForwardReader,
	sampleBytes: number,
): Promise<Buffer> {
	const start = await reader.peek(Math.min(DELIMITER_BYTES, sampleBytes));
	const bytes = delimiterLength(codec, lengthBytes, start);
	return await reader.read(bytes);
}

/**
 * Returns the length of the delimiter that a frame starts with, in bytes. 0 if there is none.
 * @param lengthBytes length field of each NAL unit
 */
export function delimiterLength(
	codec: Insertion['codec'],
	lengthBytes: number,
	start: Buffer,
): number {
	if (codec === 'AV1') {
		// An OBU of type 2 with a size field of zero.
		return start.length >= 2 && start[0] === 0x12 && start[1] === 0 ? 2 : 0;
	}
	if (start.length <= lengthBytes) return 0;
	const header = start[lengthBytes];
	const isDelimiter = codec === 'H.264' ? (header & 31) === 9 : ((header >> 1) & 63) === 35;
	const length = lengthBytes + start.readUIntBE(0, lengthBytes);
	return isDelimiter && length <= start.length ? length : 0;
}
