import { Encoder, Muxer } from 'node-av/api';
import { AV_LOG_ERROR, FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Log, type Frame } from 'node-av/lib';
import {
	frameCount,
	FRAMES_PER_SECOND,
	type EncoderSettings,
	type RenderRequest,
} from './renderRequest.mts';
import { filmFrames, openGraph } from './graph.mts';
import { composeScene } from './scene.mts';
import { soundFrame } from './sound.mts';

Log.setLevel(AV_LOG_ERROR);

/**
 * Renders the request to an MP4 file (H.264, AAC, index at the start so that players can begin at once). The length is
 * exact to one frame. The shortest video has one frame, a 24th of a second.
 */
export async function renderVideo(
	request: RenderRequest,
	file: string,
	signal?: AbortSignal,
): Promise<void> {
	const { encoder = {} } = request;
	const layers = await composeScene(request);
	const frames = frameCount(request.seconds);
	using graph = openGraph(layers, frames);
	using video = await Encoder.create(FF_ENCODER_LIBX264, {
		filter: graph,
		gopSize: encoder.keyFrameEvery ?? FRAMES_PER_SECOND,
		...(encoder.bFrames !== undefined && { maxBFrames: encoder.bFrames }),
		options: {
			preset: 'superfast',
			crf: 23,
			...(encoder.profile && { profile: encoder.profile }),
		},
	});
	using audio = await Encoder.create(FF_ENCODER_AAC, { bitrate: '64k' });
	await using muxer = await Muxer.open(file, {
		format: 'mp4',
		options: { movflags: movflagsOf(encoder) },
	});
	const videoTrack = muxer.addStream(video);
	const audioTrack = encoder.isSilent ? undefined : muxer.addStream(audio);

	let frameNumber = 0;
	for await (using frame of filmFrames(graph, layers)) {
		signal?.throwIfAborted();
		await encode(video, frame, muxer, videoTrack);
		// One second of sound is written for each second of video, so that the tracks are interleaved.
		if (audioTrack !== undefined && frameNumber % FRAMES_PER_SECOND === 0) {
			const start = frameNumber / FRAMES_PER_SECOND;
			using sound = soundFrame(
				start,
				Math.min(1, frames / FRAMES_PER_SECOND - start),
				encoder.samplesPerSecond,
			);
			await encode(audio, sound, muxer, audioTrack);
		}
		frameNumber += 1;
	}
	await encode(video, null, muxer, videoTrack);
	if (audioTrack !== undefined) await encode(audio, null, muxer, audioTrack);
}

function movflagsOf({ indexAtEnd, isFragmented }: EncoderSettings): string {
	if (isFragmented) return 'frag_keyframe+empty_moov';
	return indexAtEnd ? '' : 'faststart';
}

async function encode(encoder: Encoder, frame: Frame | null, muxer: Muxer, track: number) {
	for (const encoded of await encoder.encodeAll(frame)) {
		using packet = encoded;
		await muxer.writePacket(packet, track);
	}
}
