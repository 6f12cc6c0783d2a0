/** The sound formats that can be joined: reads them from a sample entry, and writes them as one. */
import { BitReader } from '../box/bitReader';
import { findBox, quotedType } from '../box/readBoxes';
import { box, fullBox, u16, u32, u8 } from '../box/writeBoxes';

/** A sound format that can be joined. */
export interface SoundFormat {
	codec: 'AAC' | 'HE-AAC' | 'MP3' | 'Opus';
	/** Sampling rate of the frames in Hz, and the timescale of the joined track. */
	rate: number;
	channels: number;
	/** Samples per frame at this rate. 0 for Opus, whose packets contain their own length. */
	frameLength: number;
	/** Decoder configuration: AudioSpecificConfig, the content of `dOps`, or empty for MP3. */
	config: Buffer;
}

/** A format, or the name of a format that cannot be joined. */
type SoundFormatResult = { format: SoundFormat } | { unsupported: string };

const RATES = [
	96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
];

const OTHER_CODECS: Record<string, string> = {
	'ac-3': 'Dolby Digital',
	'ec-3': 'Dolby Digital Plus',
	'ac-4': 'Dolby AC-4',
	alac: 'Apple Lossless',
	fLaC: 'FLAC',
	sowt: 'PCM',
	twos: 'PCM',
	lpcm: 'PCM',
	ipcm: 'PCM',
	fpcm: 'PCM',
	in24: 'PCM',
	samr: 'AMR',
	sawb: 'AMR',
	enca: 'encrypted form',
};

/** Bytes of a sound sample entry before its boxes, by version. Versions 1 and 2 are QuickTime's. */
const FIXED_BYTES = [28, 44, 64];

/** Object types in `esds`: https://mp4ra.org/registered-types/object-types. */
const AAC_TYPES = [0x40, 0x66, 0x67, 0x68];
const MPEG1_SOUND = 0x6b;
const MPEG2_SOUND = 0x69;
const MP3_TYPES = [MPEG1_SOUND, MPEG2_SOUND];

/**
 * Reads a sound sample entry.
 * @param payload the entry without size and type
 * @throws DamagedIndex or a RangeError
 */
export function readSoundFormat(type: string, payload: Buffer): SoundFormatResult {
	const boxes = payload.subarray(FIXED_BYTES[payload.readUInt16BE(8)] ?? FIXED_BYTES[0]);
	if (type === 'Opus') return readOpus(findBox(boxes, 'dOps'));
	const mp3 = () => ({ format: mp3Format(payload.readUInt16BE(24), payload.readUInt16BE(16)) });
	if (type === '.mp3') return mp3();
	const esds = findBox(boxes, 'esds') ?? findBox(boxes, 'wave', 'esds');
	if (type !== 'mp4a' || !esds) {
		return { unsupported: OTHER_CODECS[type] ?? quotedType(type) };
	}
	const { objectType, config } = readEsds(esds);
	if (MP3_TYPES.includes(objectType)) return mp3();
	if (!AAC_TYPES.includes(objectType)) return { unsupported: 'a form other than AAC' };
	return readAacConfig(config);
}

/** Returns the format of MP3 sound. Frames have 1152 samples in MPEG-1, and 576 in MPEG-2, which has the lower rates. */
export function mp3Format(rate: number, channels: number): SoundFormat {
	const frameLength = rate >= 32000 ? 1152 : 576;
	return { codec: 'MP3', rate, channels, frameLength, config: Buffer.alloc(0) };
}

const LC = 2;
const SBR = 5;
const PS = 29;
/** AAC Main, LC and LTP, and LC with spectral band replication: their frames have the same simple form. */
const JOINABLE_AAC = [1, LC, 4, SBR, PS];
const SYNC_EXTENSION = 0x2b7;

/**
 * Reads an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2). The same format can be encoded in several ways, so the
 * bytes themselves are never compared.
 */
export function readAacConfig(config: Buffer): SoundFormatResult {
	const bits = new BitReader(config);
	const readType = () => {
		const type = bits.read(5);
		return type === 31 ? 32 + bits.read(6) : type;
	};
	const readRate = () => {
		const index = bits.read(4);
		return index === 15 ? bits.read(24) : (RATES[index] ?? 0);
	};
	const objectType = readType();
	const rate = readRate();
	const channelConfig = bits.read(4);
	let hasSbr = objectType === SBR || objectType === PS;
	if (hasSbr) {
		readRate();
		readType();
	}
	const isShort = bits.read(1) === 1;
	const dependsOnCore = bits.read(1) === 1;
	if (dependsOnCore) bits.read(14);
	bits.read(1);
	if (!hasSbr && bits.bitsLeft >= 16 && bits.read(11) === SYNC_EXTENSION && readType() === SBR) {
		hasSbr = bits.read(1) === 1;
	}
	if (!JOINABLE_AAC.includes(objectType))
		return { unsupported: `AAC of object type ${objectType}` };
	if (rate === 0 || channelConfig === 0 || channelConfig > 7) {
		return { unsupported: 'AAC with an unusual arrangement of channels' };
	}
	return {
		format: {
			codec: hasSbr ? 'HE-AAC' : 'AAC',
			rate,
			channels: channelConfig === 7 ? 8 : channelConfig,
			frameLength: isShort ? 960 : 1024,
			config: Buffer.from(config),
		},
	};
}

/** Returns the config of plain AAC, two bytes long. */
export function aacConfig(objectType: number, rateIndex: number, channelConfig: number): Buffer {
	return u16((objectType << 11) | (rateIndex << 7) | (channelConfig << 3));
}

/** `dOps`: https://opus-codec.org/docs/opus_in_isobmff.html, section 4.3.2. */
function readOpus(dOps: Buffer | undefined): SoundFormatResult {
	if (!dOps || dOps.readUInt8(10) !== 0) return { unsupported: 'Opus of more than two channels' };
	return {
		format: {
			codec: 'Opus',
			rate: 48000,
			channels: dOps.readUInt8(1),
			frameLength: 0,
			config: Buffer.from(dOps.subarray(0, 11)),
		},
	};
}

const ES = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;

/** Descriptors in `esds`: ISO/IEC 14496-1 section 7.2.6. */
function readEsds(esds: Buffer): { objectType: number; config: Buffer } {
	let objectType = 0;
	let at = 4;
	while (at < esds.length) {
		const tag = esds.readUInt8(at);
		const { size, next } = readDescriptorSize(esds, at + 1);
		at = next;
		// The two outer descriptors have fields of their own before the inner descriptors.
		if (tag === ES) at += 3;
		else if (tag === DECODER_CONFIG) {
			objectType = esds.readUInt8(at);
			at += 13;
		} else if (tag === DECODER_SPECIFIC)
			return { objectType, config: esds.subarray(at, at + size) };
		else at += size;
	}
	return { objectType, config: Buffer.alloc(0) };
}

function readDescriptorSize(bytes: Buffer, from: number): { size: number; next: number } {
	let size = 0;
	for (let i = 0; i < 4; i += 1) {
		const byte = bytes.readUInt8(from + i);
		size = size * 128 + (byte & 127);
		if (byte < 128) return { size, next: from + i + 1 };
	}
	return { size, next: from + 4 };
}

const SOUND_STREAM = 0x15;
const SYNC_LAYER = 6;

/** Returns the sample entry of the joined video. */
export function soundEntry(format: SoundFormat): Buffer {
	const { codec, channels, rate, config } = format;
	// The rate is a fixed-point number with 16 integer bits, so 88.2 and 96 kHz do not fit. Decoders use the config
	// instead.
	const fixed = [u32(0), u16(0, 1), u32(0, 0), u16(channels, 16, 0, 0, rate < 65536 ? rate : 0, 0)];
	if (codec === 'Opus') return box('Opus', ...fixed, box('dOps', config));
	const isMp3 = codec === 'MP3';
	const objectType = isMp3 ? (rate >= 32000 ? MPEG1_SOUND : MPEG2_SOUND) : AAC_TYPES[0];
	const specific = isMp3 ? Buffer.alloc(0) : descriptor(DECODER_SPECIFIC, config);
	const decoder = descriptor(
		DECODER_CONFIG,
		u8(objectType, SOUND_STREAM, 0, 0, 0),
		u32(0, 0),
		specific,
	);
	const es = descriptor(ES, u16(0), u8(0), decoder, descriptor(SYNC_LAYER, u8(2)));
	return box('mp4a', ...fixed, fullBox('esds', 0, 0, es));
}

function descriptor(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	return Buffer.concat([
		u8(tag, 0x80, 0x80, 0x80 | (content.length >> 7), content.length & 127),
		content,
	]);
}
