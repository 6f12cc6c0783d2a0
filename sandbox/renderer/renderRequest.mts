import type { Canvas } from '@napi-rs/canvas';

/** The video to render: size in pixels, length in seconds, and the input images. */
export interface RenderRequest {
	width: number;
	height: number;
	seconds: number;
	prompt: string;
	model: string;
	/** The first frame. */
	image?: Buffer;
	/** The last frame. */
	lastImage?: Buffer;
	/** Images that are shown but are not frames of the video. */
	references?: Buffer[];
	/** A video to continue or to change. Its last or first frame becomes the first frame of this video. */
	source?: { video: Buffer | string; frame: 'first' | 'last' };
	encoder?: EncoderSettings;
}

/** The encoder settings of a clip. Clips with the same settings can be joined without re-encoding. */
export interface EncoderSettings {
	/** `high` by default. */
	profile?: 'baseline' | 'main' | 'high';
	/** The maximum number of B-frames in a row. The encoder's default if absent. */
	bFrames?: number;
	/** Frames between two key frames. One second by default. */
	keyFrameEvery?: number;
	/** No audio track. */
	isSilent?: boolean;
	/** 48,000 by default. */
	samplesPerSecond?: number;
	/** Writes the index at the end of the file instead of the start. */
	indexAtEnd?: boolean;
	/** Writes a fragmented file, as streams are. */
	isFragmented?: boolean;
}

/** One still image and the FFmpeg filter that animates it. */
export interface Layer {
	image: Canvas;
	motion: string;
	/** The frame of the video at which the layer starts. The first by default. */
	startFrame?: number;
	/** FFmpeg overlay expressions. The bottom layer ignores them. */
	x: string;
	y: string;
}

export const FRAMES_PER_SECOND = 24;

/** Returns the number of frames for a duration in seconds, at least one. */
export function frameCount(seconds: number): number {
	return Math.max(1, Math.round(seconds * FRAMES_PER_SECOND));
}
