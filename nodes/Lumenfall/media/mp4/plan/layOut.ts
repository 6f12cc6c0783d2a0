/**
 * Lays out the media data: which bytes of which file follow each other. Each file is read once from start to end, so
 * its samples keep their order, and adjacent samples become one piece.
 */
import { joinErrors } from '../joinErrors';
import { OWN, type PlannedSamples } from '../moviePlan';
import type { SampleTable } from '../samples';
import type { VideoFormat } from '../format/videoFormat';

/** A piece of the media data. `from` and `to` are positions in the file in bytes, excluding `to`. */
export type Piece =
	| { kind: 'own'; bytes: Buffer }
	/** Bytes of a file, copied unchanged. */
	| { kind: 'copy'; source: number; from: number; to: number }
	/** A key frame into which encoder settings are inserted. */
	| { kind: 'keyFrame'; source: number; from: number; to: number; insertion: Insertion };

/** The encoder settings that are inserted before a key frame. */
export type Insertion = Pick<VideoFormat, 'codec' | 'parameterSets' | 'lengthBytes'>;

/** Samples of one file that become samples of one planned track. */
export interface Laid extends PlannedSamples {
	/** Range of the track's samples that can come from this file: first, and one after the last. */
	range: [number, number];
	samples: SampleTable;
	/** Returns what is inserted into a sample of the file, for key frames that need it. */
	insertionAt?: (sample: number) => Insertion | undefined;
}

/** A piece that is read from a file. */
export type FilePiece = Exclude<Piece, { kind: 'own' }>;

/** The piece that is being extended, and its start in the media data. */
interface Run {
	piece: FilePiece;
	at: number;
	/** A key frame with inserted settings cannot be extended. */
	isClosed: boolean;
}

/** The media data of the joined video, built file by file. */
export class Layout {
	readonly pieces: Piece[] = [];
	/** Length of the media data so far. */
	bytes = 0;

	/** Gives the same few bytes to every sample that does not come from a file. */
	addOwn({ track, origin }: PlannedSamples, content: Buffer): void {
		if (!origin.source.includes(OWN)) return;
		origin.source.forEach((source, out) => {
			if (source !== OWN) return;
			track.at[out] = this.bytes;
			track.size[out] = content.length;
		});
		this.pieces.push({ kind: 'own', bytes: content });
		this.bytes += content.length;
	}

	/**
	 * Adds the samples of one file.
	 * @throws JoinError if they overlap in a way that occurs only in damaged files
	 */
	addFile(source: number, name: string, tracks: Laid[]): void {
		const sorted = tracks.map((laid) => inFileOrder(source, laid));
		let last: Run | undefined;
		forEachByOffset(sorted, ({ track, origin, samples, insertionAt }, out) => {
			const sample = origin.sample[out];
			const from = samples.offset[sample];
			const to = from + samples.size[sample];
			const insertion = track.isKey[out] === 1 ? insertionAt?.(sample) : undefined;
			const extra = insertion?.parameterSets.length ?? 0;
			// Samples may share bytes: in a joined video, all silent frames may be stored once.
			const goesOn = last && !last.isClosed && !insertion && from <= last.piece.to;
			if (!last || !goesOn) {
				// Shared bytes cannot exist both with and without inserted settings.
				if (last && from < last.piece.to) throw joinErrors.damaged(name);
				last = this.startRun(
					insertion
						? { kind: 'keyFrame', source, from, to, insertion }
						: { kind: 'copy', source, from, to },
				);
			}
			track.size[out] = to - from + extra;
			track.at[out] = last.at + from - last.piece.from;
			last.piece.to = Math.max(last.piece.to, to);
			this.bytes = last.at + last.piece.to - last.piece.from + extra;
		});
	}

	private startRun(piece: FilePiece): Run {
		this.pieces.push(piece);
		return { piece, at: this.bytes, isClosed: piece.kind === 'keyFrame' };
	}
}

/** Samples of the planned track that come from a file, by their position in it. */
interface SortedSamples {
	laid: Laid;
	outs: Uint32Array;
	offsetOf: (out: number) => number;
}

function inFileOrder(source: number, laid: Laid): SortedSamples {
	const { origin, samples, range } = laid;
	const [from, to] = range;
	const offsetOf = (out: number) => samples.offset[origin.sample[out]];
	const outs = new Uint32Array(to - from);
	let count = 0;
	let isSorted = true;
	for (let out = from; out < to; out += 1) {
		if (origin.source[out] !== source) continue;
		if (count > 0 && offsetOf(out) < offsetOf(outs[count - 1])) isSorted = false;
		outs[count] = out;
		count += 1;
	}
	const own = outs.subarray(0, count);
	return { laid, outs: isSorted ? own : own.sort((a, b) => offsetOf(a) - offsetOf(b)), offsetOf };
}

function forEachByOffset(sorted: SortedSamples[], visit: (laid: Laid, out: number) => void): void {
	const next = sorted.map(() => 0);
	const offsetAt = (i: number) => {
		const { outs, offsetOf } = sorted[i];
		return next[i] < outs.length ? offsetOf(outs[next[i]]) : Number.POSITIVE_INFINITY;
	};
	for (;;) {
		let best = -1;
		let bestOffset = Number.POSITIVE_INFINITY;
		for (let i = 0; i < sorted.length; i += 1) {
			const offset = offsetAt(i);
			if (offset >= bestOffset) continue;
			best = i;
			bestOffset = offset;
		}
		if (best < 0) return;
		visit(sorted[best].laid, sorted[best].outs[next[best]]);
		next[best] += 1;
	}
}
