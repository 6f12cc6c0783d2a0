/** Frames of silence, built according to the standards, for clips without sound in a video with sound. */
import type { SoundFormat } from './soundFormat';

/**
 * Returns one frame that decodes to silence.
 * @param frameLength samples per frame, used for Opus, whose format does not define it
 */
export function silentFrame(format: SoundFormat, frameLength: number): Buffer {
	if (format.codec === 'Opus') return silentOpus(format.channels, frameLength);
	if (format.codec === 'MP3') return silentMp3(format.rate, format.channels);
	return silentAac(format.channels);
}

/** Elements of the channel configurations 1 to 7 (ISO/IEC 14496-3 table 1.19), by number of channels. */
const AAC_ELEMENTS: Record<number, string[]> = {
	1: ['single'],
	2: ['pair'],
	3: ['single', 'pair'],
	4: ['single', 'pair', 'single'],
	5: ['single', 'pair', 'pair'],
	6: ['single', 'pair', 'pair', 'low'],
	8: ['single', 'pair', 'pair', 'pair', 'low'],
};

/** An AAC frame with no bands in use (ISO/IEC 14496-3 section 4.4.2). */
function silentAac(channels: number): Buffer {
	// Per channel: gain; one long window; no bands, no prediction; no pulses, no noise shaping, no gain control.
	const gain = '00000000';
	const window = '0 00 0 000000 0';
	const tools = '000';
	const seen: Record<string, number> = {};
	const bits = AAC_ELEMENTS[channels].map((element) => {
		const tag = (seen[element] ?? 0).toString(2).padStart(4, '0');
		seen[element] = (seen[element] ?? 0) + 1;
		if (element === 'pair') {
			// One window for both channels, no mid/side coding.
			return `001 ${tag} 1 ${window} 00 ${`${gain} ${tools}`.repeat(2)}`;
		}
		return `${element === 'low' ? '011' : '000'} ${tag} ${gain} ${window} ${tools}`;
	});
	return packBits(`${bits.join('')} 111`);
}

function packBits(bits: string): Buffer {
	const bytes = bits.replace(/ /g, '').match(/.{1,8}/g) ?? [];
	return Buffer.from(bytes.map((byte) => parseInt(byte.padEnd(8, '0'), 2)));
}

/** A frame of the lowest bit rate whose side information and data are all zero (ISO/IEC 11172-3 section 2.4.1). */
function silentMp3(rate: number, channels: number): Buffer {
	const family = [11025, 22050, 44100].includes(rate)
		? 0
		: [12000, 24000, 48000].includes(rate)
			? 1
			: 2;
	const version = rate >= 32000 ? 0b11 : rate >= 16000 ? 0b10 : 0b00;
	const bytes = rate >= 32000 ? (144 * 32000) / rate : (72 * 8000) / rate;
	const frame = Buffer.alloc(Math.floor(bytes));
	frame[0] = 0xff;
	// Synchronization, version, layer III, no checksum.
	frame[1] = 0b11100011 | (version << 3);
	frame[2] = 0b00010000 | (family << 2);
	frame[3] = channels === 1 ? 0b11000000 : 0;
	return frame;
}

/** Frame lengths that Opus supports natively, with the number of their CELT mode (RFC 6716 section 3.1). */
const OPUS_MODES: Record<number, number> = { 120: 28, 240: 29, 480: 30, 960: 31 };
/** The data of a CELT frame whose silence flag is set. */
const SILENT_CELT = [0xff, 0xfe];

function silentOpus(channels: number, frameLength: number): Buffer {
	const stereo = channels === 2 ? 4 : 0;
	const mode = OPUS_MODES[frameLength];
	if (mode) return Buffer.from([(mode << 3) | stereo, ...SILENT_CELT]);
	// Longer packets are several frames of 20 ms, all of one size.
	const frames = Math.max(1, Math.round(frameLength / 960));
	const data = new Array<number[]>(frames).fill(SILENT_CELT).flat();
	return Buffer.from([(31 << 3) | stereo | 3, frames, ...data]);
}
