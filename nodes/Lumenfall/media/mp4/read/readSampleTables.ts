/** Reads the sample tables of a track (`stbl`, ISO/IEC 14496-12 section 8.6 and 8.7) into columns. */
import { DamagedIndex, findBox, needBox } from '../box/readBoxes';
import type { SampleTable } from '../samples';

/** Returns the number of samples in the tables. 0 in a fragmented file. */
export function countSamples(stbl: Buffer): number {
	return (findBox(stbl, 'stsz') ?? findBox(stbl, 'stz2'))?.readUInt32BE(8) ?? 0;
}

/**
 * Adds the samples of the tables to `samples`.
 * @throws DamagedIndex or a RangeError if the tables contradict each other or their own length
 */
export function readSampleTables(stbl: Buffer, samples: SampleTable): void {
	const count = countSamples(stbl);
	if (count === 0) return;
	samples.grow(count);
	readSizes(stbl, samples);
	readPlaces(stbl, samples);
	readDurations(needBox(stbl, 'stts'), samples);
	readShifts(findBox(stbl, 'ctts'), samples);
	readKeys(findBox(stbl, 'stss'), samples);
}

function readSizes(stbl: Buffer, { length, size }: SampleTable): void {
	const stsz = findBox(stbl, 'stsz');
	if (!stsz) {
		readCompactSizes(needBox(stbl, 'stz2'), length, size);
		return;
	}
	const fixed = stsz.readUInt32BE(4);
	if (fixed > 0) size.fill(fixed);
	else for (let i = 0; i < length; i += 1) size[i] = stsz.readUInt32BE(12 + i * 4);
}

function readCompactSizes(stz2: Buffer, count: number, size: Uint32Array): void {
	const bits = stz2[7];
	if (bits !== 4 && bits !== 8 && bits !== 16) throw new DamagedIndex();
	for (let i = 0; i < count; i += 1) {
		if (bits === 16) size[i] = stz2.readUInt16BE(12 + i * 2);
		else if (bits === 8) size[i] = stz2.readUInt8(12 + i);
		else size[i] = (stz2.readUInt8(12 + (i >> 1)) >> (i % 2 === 0 ? 4 : 0)) & 15;
	}
}

/**
 * Reads the positions of the samples. They are grouped in chunks: `stsc` has the number of samples in each, `stco` or
 * `co64` its position.
 */
function readPlaces(stbl: Buffer, { length, size, offset, entry }: SampleTable): void {
	const co64 = findBox(stbl, 'co64');
	const addresses = co64 ?? needBox(stbl, 'stco');
	const chunks = addresses.readUInt32BE(4);
	const addressOf = (chunk: number) =>
		co64 ? Number(co64.readBigUInt64BE(8 + chunk * 8)) : addresses.readUInt32BE(8 + chunk * 4);

	const stsc = needBox(stbl, 'stsc');
	const runs = stsc.readUInt32BE(4);
	let sample = 0;
	for (let run = 0; run < runs && sample < length; run += 1) {
		const at = 8 + run * 12;
		const first = stsc.readUInt32BE(at) - 1;
		const perChunk = stsc.readUInt32BE(at + 4);
		const description = stsc.readUInt32BE(at + 8) - 1;
		const next = run + 1 < runs ? stsc.readUInt32BE(at + 12) - 1 : chunks;
		// Each iteration must add samples. Otherwise a hostile table could keep this loop busy for hours.
		if (first < 0 || next <= first || next > chunks || perChunk === 0) throw new DamagedIndex();
		for (let chunk = first; chunk < next && sample < length; chunk += 1) {
			let place = addressOf(chunk);
			for (let i = 0; i < perChunk && sample < length; i += 1, sample += 1) {
				offset[sample] = place;
				entry[sample] = description;
				place += size[sample];
			}
		}
	}
	if (sample < length) throw new DamagedIndex();
}

function readDurations(stts: Buffer, { length, decode, duration }: SampleTable): void {
	let time = 0;
	let last = 0;
	let sample = 0;
	const add = () => {
		decode[sample] = time;
		duration[sample] = last;
		time += last;
		sample += 1;
	};
	const runs = stts.readUInt32BE(4);
	for (let run = 0; run < runs && sample < length; run += 1) {
		const count = stts.readUInt32BE(8 + run * 8);
		last = stts.readUInt32BE(12 + run * 8);
		for (let i = 0; i < count && sample < length; i += 1) add();
	}
	if (sample === 0) throw new DamagedIndex();
	// Some encoders omit the last samples. They last as long as the one before.
	while (sample < length) add();
}

function readShifts(ctts: Buffer | undefined, { length, shift }: SampleTable): void {
	if (!ctts) return;
	const runs = ctts.readUInt32BE(4);
	let sample = 0;
	for (let run = 0; run < runs && sample < length; run += 1) {
		const count = ctts.readUInt32BE(8 + run * 8);
		// In version 0 the value is unsigned by the standard, but some encoders write negative values.
		const value = ctts.readInt32BE(12 + run * 8);
		for (let i = 0; i < count && sample < length; i += 1, sample += 1) shift[sample] = value;
	}
}

function readKeys(stss: Buffer | undefined, { length, isKey }: SampleTable): void {
	if (!stss) {
		isKey.fill(1);
		return;
	}
	const count = stss.readUInt32BE(4);
	for (let i = 0; i < count; i += 1) {
		const sample = stss.readUInt32BE(8 + i * 4) - 1;
		if (sample >= 0 && sample < length) isKey[sample] = 1;
	}
}
