import { DamagedIndex } from './box/readBoxes';

/** A sample is one video frame or one audio frame. */
interface Sample {
	/** First byte in the file. */
	offset: number;
	size: number;
	/** Decoding time. All times are in the timescale of the track. */
	decode: number;
	duration: number;
	/** Presentation time minus decoding time. */
	shift: number;
	isKey: boolean;
	/** Index of its sample entry in the track, from 0. */
	entry: number;
}

/**
 * The samples of a track in decoding order, as columns, because a video of hours has hundreds of thousands of samples.
 */
export class SampleTable {
	length = 0;
	offset = new Float64Array(0);
	size = new Uint32Array(0);
	decode = new Float64Array(0);
	duration = new Uint32Array(0);
	shift = new Int32Array(0);
	isKey = new Uint8Array(0);
	entry = new Uint16Array(0);

	constructor(
		/** Maximum number of samples. */
		readonly limit: number,
	) {}

	/**
	 * Adds samples with all values zero.
	 * @throws DamagedIndex if there would be more than the limit
	 */
	grow(count: number): void {
		const length = this.length + count;
		if (length > this.limit) throw new DamagedIndex();
		const isFirst = this.length === 0;
		if (length > this.size.length)
			this.enlarge(Math.min(this.limit, isFirst ? length : length * 2));
		this.length = length;
	}

	push(sample: Sample): void {
		const i = this.length;
		this.grow(1);
		this.offset[i] = sample.offset;
		this.size[i] = sample.size;
		this.decode[i] = sample.decode;
		this.duration[i] = sample.duration;
		this.shift[i] = sample.shift;
		this.isKey[i] = sample.isKey ? 1 : 0;
		this.entry[i] = sample.entry;
	}

	/** Presentation time of a sample. */
	shownAt(i: number): number {
		return this.decode[i] + this.shift[i];
	}

	/**
	 * Returns the duration of a sample. Some encoders write 0 for the last one, which then lasts as long as the one
	 * before.
	 */
	lastsFor(i: number): number {
		return this.duration[i] || (i > 0 ? this.decode[i] - this.decode[i - 1] : 0);
	}

	/** Decoding time at the end of the last sample. */
	get decodeEnd(): number {
		const last = this.length - 1;
		return last < 0 ? 0 : this.decode[last] + this.duration[last];
	}

	private enlarge(capacity: number): void {
		const longer = <Column extends { set(from: Column): void }>(column: Column, empty: Column) => {
			empty.set(column);
			return empty;
		};
		this.offset = longer(this.offset, new Float64Array(capacity));
		this.size = longer(this.size, new Uint32Array(capacity));
		this.decode = longer(this.decode, new Float64Array(capacity));
		this.duration = longer(this.duration, new Uint32Array(capacity));
		this.shift = longer(this.shift, new Int32Array(capacity));
		this.isKey = longer(this.isKey, new Uint8Array(capacity));
		this.entry = longer(this.entry, new Uint16Array(capacity));
	}
}
