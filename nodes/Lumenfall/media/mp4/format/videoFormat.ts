/** Reads the parts of a video sample entry that decide whether two clips can be joined. */
import { BitReader } from '../box/bitReader';
import { MAX_ENTRY_BYTES } from '../limits';
import { boxesIn, DamagedIndex, quotedType } from '../box/readBoxes';
import { box } from '../box/writeBoxes';

/** What a video sample entry says about its frames. */
export interface VideoFormat {
	codec: 'H.264' | 'H.265' | 'AV1';
	/** Width and height of the encoded frames, in pixels. */
	width: number;
	height: number;
	/** Chroma and bits per sample, e.g. `4:2:0, 8 bit`. */
	pixels: string;
	/** Width of a pixel divided by its height, as two numbers. */
	pixelAspect: [number, number];
	/** The part of the frame that is shown (`clap`), if not all of it. */
	cleanAperture: Buffer;
	color: Color;
	/** The settings of the encoder: the content of the configuration box. */
	settings: Buffer;
	/** The same settings in the form used within a sample, before a key frame. */
	parameterSets: Buffer;
	/** Length field of each NAL unit, in bytes. 0 for AV1, which has none. */
	lengthBytes: number;
	/** The whole sample entry, without boxes that describe only this clip. */
	entry: Buffer;
}

/** Code points of ITU-T H.273. Undefined if the file does not contain them. */
export interface Color {
	primaries?: number;
	transfer?: number;
	matrix?: number;
	fullRange?: boolean;
}

/** Bytes of a video sample entry before its boxes, without size and type. */
const FIXED_BYTES = 78;

const CODECS: Record<string, { codec: VideoFormat['codec']; config: string }> = {
	avc1: { codec: 'H.264', config: 'avcC' },
	avc3: { codec: 'H.264', config: 'avcC' },
	hvc1: { codec: 'H.265', config: 'hvcC' },
	hev1: { codec: 'H.265', config: 'hvcC' },
	av01: { codec: 'AV1', config: 'av1C' },
};

/** Names of codecs that cannot be joined, for messages. */
const OTHER_CODECS: Record<string, string> = {
	vp08: 'VP8',
	vp09: 'VP9',
	mp4v: 'MPEG-4 Part 2',
	dvh1: 'Dolby Vision',
	dvhe: 'Dolby Vision',
	dva1: 'Dolby Vision',
	dvav: 'Dolby Vision',
	vvc1: 'H.266',
	s263: 'H.263',
	jpeg: 'Motion JPEG',
	mjpa: 'Motion JPEG',
	apch: 'ProRes',
	apcn: 'ProRes',
	apcs: 'ProRes',
	apco: 'ProRes',
	ap4h: 'ProRes',
};

/** Boxes that a joined video keeps: settings, colors, shape. Others, such as the bit rate, describe a single clip. */
const KEPT_BOXES = ['avcC', 'hvcC', 'av1C', 'colr', 'pasp', 'clap', 'mdcv', 'clli', 'dvcC', 'dvvC'];

/** Whether video of this sample entry type can be joined. */
export const isVideoSupported = (type: string): boolean => type in CODECS;

/** Returns the usual name of a codec that cannot be joined, by its sample entry type. */
export const videoCodecName = (type: string): string => OTHER_CODECS[type] ?? quotedType(type);

type Coding = Pick<VideoFormat, 'pixels' | 'parameterSets' | 'lengthBytes'>;

const READERS: Record<VideoFormat['codec'], (settings: Buffer) => Coding> = {
	'H.264': readAvc,
	'H.265': readHevc,
	AV1: readAv1,
};

/**
 * Reads a video sample entry.
 * @param type a supported sample entry type
 * @param payload the entry without size and type
 * @throws DamagedIndex or a RangeError
 */
export function readVideoFormat(type: string, payload: Buffer): VideoFormat {
	const { codec, config } = CODECS[type];
	const children = [...boxesIn(payload, FIXED_BYTES)];
	const child = (name: string) => children.find((each) => each.type === name)?.payload;
	const settings = child(config);
	const kept = children.filter((each) => KEPT_BOXES.includes(each.type));
	const entry = box(
		type,
		payload.subarray(0, FIXED_BYTES),
		...kept.map((each) => box(each.type, each.payload)),
	);
	if (!settings || entry.length > MAX_ENTRY_BYTES) throw new DamagedIndex();

	const pasp = child('pasp');
	return {
		codec,
		width: payload.readUInt16BE(24),
		height: payload.readUInt16BE(26),
		...READERS[codec](settings),
		pixelAspect: pasp ? [pasp.readUInt32BE(0), pasp.readUInt32BE(4)] : [1, 1],
		cleanAperture: Buffer.from(child('clap') ?? []),
		color: readColor(child('colr')),
		settings: Buffer.from(settings),
		entry,
	};
}

const CHROMA = ['4:0:0', '4:2:0', '4:2:2', '4:4:4'];
const pixelsOf = (chroma: number, bits: number) => `${CHROMA[chroma] ?? '?'}, ${bits} bit`;

/** `avcC`: ISO/IEC 14496-15 section 5.3.3. */
function readAvc(avcC: Buffer): Coding {
	const lengthBytes = (avcC.readUInt8(4) & 3) + 1;
	const spsCount = avcC.readUInt8(5) & 31;
	const sps = readUnits(avcC, 6, spsCount);
	const ppsCount = avcC.readUInt8(sps.end);
	const pps = readUnits(avcC, sps.end + 1, ppsCount);
	return {
		lengthBytes,
		pixels: avcPixels(avcC[1], sps.units[0]),
		parameterSets: withLengths([...sps.units, ...pps.units], lengthBytes),
	};
}

/**
 * Profiles whose sequence parameter set contains chroma format and bit depth. All others have 4:2:0 and 8 bit (H.264
 * 7.3.2.1.1).
 */
const HIGH_PROFILES = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

function avcPixels(profile: number, sps: Buffer | undefined): string {
	if (!sps || !HIGH_PROFILES.includes(profile)) return pixelsOf(1, 8);
	// The needed fields are in the first bytes.
	const bits = new BitReader(withoutEscapes(sps.subarray(4, 32)));
	bits.readExpGolomb();
	const chroma = bits.readExpGolomb();
	if (chroma === 3) bits.read(1);
	return pixelsOf(chroma, bits.readExpGolomb() + 8);
}

/** Removes the emulation prevention bytes (H.264 section 7.4.1). */
function withoutEscapes(unit: Buffer): Buffer {
	return Buffer.from(
		unit.filter((byte, i) => !(byte === 3 && i >= 2 && unit[i - 1] === 0 && unit[i - 2] === 0)),
	);
}

/** `hvcC`: ISO/IEC 14496-15 section 8.3.3. */
function readHevc(hvcC: Buffer): Coding {
	const lengthBytes = (hvcC.readUInt8(21) & 3) + 1;
	const arrays = hvcC.readUInt8(22);
	const sets: Buffer[] = [];
	let at = 23;
	for (let array = 0; array < arrays; array += 1) {
		const type = hvcC.readUInt8(at) & 63;
		const { units, end } = readUnits(hvcC, at + 3, hvcC.readUInt16BE(at + 1));
		// Video, sequence and picture parameter sets. Decoders do not need the other units.
		if (type >= 32 && type <= 34) sets.push(...units);
		at = end;
	}
	return {
		lengthBytes,
		pixels: pixelsOf(hvcC[16] & 3, (hvcC[17] & 7) + 8),
		parameterSets: withLengths(sets, lengthBytes),
	};
}

/** `av1C`: AV1 Codec ISO Media File Format Binding, section 2.3. */
function readAv1(av1C: Buffer): Coding {
	const bits = new BitReader(av1C.subarray(2));
	const [, high, twelve, isGray, halfWidth, halfHeight] = [1, 1, 1, 1, 1, 1].map((n) =>
		bits.read(n),
	);
	const chroma = isGray ? 0 : 3 - halfWidth - halfHeight;
	const depth = high ? (twelve ? 12 : 10) : 8;
	return {
		lengthBytes: 0,
		pixels: pixelsOf(chroma, depth),
		parameterSets: Buffer.from(av1C.subarray(4)),
	};
}

/** Reads NAL units, each after its length in two bytes. */
function readUnits(bytes: Buffer, from: number, count: number): { units: Buffer[]; end: number } {
	const units: Buffer[] = [];
	let at = from;
	for (let i = 0; i < count; i += 1) {
		const start = at + 2;
		at = start + bytes.readUInt16BE(at);
		if (at > bytes.length) throw new DamagedIndex();
		units.push(bytes.subarray(start, at));
	}
	return { units, end: at };
}

function withLengths(units: Buffer[], lengthBytes: number): Buffer {
	return Buffer.concat(
		units.flatMap((unit) => {
			const length = Buffer.alloc(lengthBytes);
			length.writeUIntBE(unit.length, 0, lengthBytes);
			return [length, unit];
		}),
	);
}

const UNSPECIFIED = 2;

/** Reads `colr` (ISO/IEC 14496-12 section 12.1.5). ICC profiles are ignored, because they cannot be compared. */
function readColor(colr: Buffer | undefined): Color {
	const type = colr?.toString('latin1', 0, 4);
	if (!colr || (type !== 'nclx' && type !== 'nclc')) return {};
	const stated = (at: number, alike: Record<number, number>) => {
		const code = colr.readUInt16BE(at);
		return code === UNSPECIFIED || code === 0 ? undefined : (alike[code] ?? code);
	};
	return {
		primaries: stated(4, { 7: 6 }),
		transfer: stated(6, { 6: 1, 14: 1, 15: 1 }),
		// Matrix 0 means RGB, which practically never occurs in H.264 in MP4, so it is treated as unspecified.
		matrix: stated(8, { 5: 6 }),
		fullRange: type === 'nclx' ? (colr.readUInt8(10) & 0x80) !== 0 : undefined,
	};
}
