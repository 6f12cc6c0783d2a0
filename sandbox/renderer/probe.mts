import { Decoder, Demuxer, FilterAPI, probe } from 'node-av/api';

export interface VideoMetadata {
	codec: string;
	width: number;
	height: number;
	seconds: number;
	hasAudio: boolean;
}

export interface RgbaImage {
	width: number;
	height: number;
	/** Four bytes per pixel, rows without padding. */
	rgba: Buffer;
}

/** Returns what a standard demuxer reads from a file. Throws if the file contains no video. */
export async function probeVideo(pathOrBuffer: string | Buffer): Promise<VideoMetadata> {
	const { video, audio, duration } = await probe(pathOrBuffer);
	if (!video?.width || !video.height) throw new Error('The file holds no video');
	return {
		codec: video.codec,
		width: video.width,
		height: video.height,
		seconds: duration,
		hasAudio: audio !== undefined,
	};
}

/** Returns the first frame that a player would show. */
export async function firstFrame(pathOrBuffer: string | Buffer): Promise<RgbaImage> {
	return await filterFrame(pathOrBuffer, 'format=rgba');
}

// Sound may be a little longer than the video, so the last frame may come before the end of the file.
const TAIL_SECONDS = 0.5;

/** Returns the last frame that a player would show. */
export async function lastFrame(pathOrBuffer: string | Buffer): Promise<RgbaImage> {
	const { seconds } = await probeVideo(pathOrBuffer);
	const tail = `select=gte(t\\,${seconds - TAIL_SECONDS})`;
	return await filterFrame(pathOrBuffer, `${tail},reverse,format=rgba`);
}

/** Returns the first frame of an FFmpeg filter, which must end in `format=rgba`. */
export async function filterFrame(
	pathOrBuffer: string | Buffer,
	filter: string,
): Promise<RgbaImage> {
	await using demuxer = await Demuxer.open(pathOrBuffer);
	const track = demuxer.video();
	if (!track) throw new Error('The file holds no video');
	using decoder = await Decoder.create(track);
	// A filter, because a plain scaler ignores the color matrix of the file.
	using stills = FilterAPI.create(filter);

	// The asynchronous packet reader of node-av requires Node 22. Reading takes little time.
	for (using packet of demuxer.packetsSync(track.index)) {
		for (const decoded of await decoder.decodeAll(packet)) {
			using frame = decoded;
			await stills.process(frame);
		}
		if (!packet) await stills.process(null);
		using still = await stills.receive();
		if (still) return { width: still.width, height: still.height, rgba: still.toBuffer() };
	}
	throw new Error('The video has no frame');
}
