import { AV_CHANNEL_LAYOUT_MONO, AV_SAMPLE_FMT_FLTP } from 'node-av/constants';
import { Frame } from 'node-av/lib';

const STANDARD_RATE = 48_000;

/** Returns a soft chord with a slow swell, beginning at `start` seconds. The caller must free the frame. */
export function soundFrame(
	start: number,
	seconds: number,
	samplesPerSecond = STANDARD_RATE,
): Frame {
	const first = Math.round(start * samplesPerSecond);
	const samples = Float32Array.from({ length: Math.round(seconds * samplesPerSecond) }, (_, n) =>
		chord((first + n) / samplesPerSecond),
	);
	return Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
		nbSamples: samples.length,
		format: AV_SAMPLE_FMT_FLTP,
		sampleRate: samplesPerSecond,
		channelLayout: AV_CHANNEL_LAYOUT_MONO,
		pts: BigInt(first),
		timeBase: { num: 1, den: samplesPerSecond },
	});
}

function chord(second: number): number {
	const swell = 0.5 - 0.5 * Math.cos(Math.PI * second);
	const tones = [220, 277.18, 329.63].map((hertz) => Math.sin(2 * Math.PI * hertz * second));
	return 0.04 * swell * tones.reduce((sum, tone) => sum + tone, 0);
}
