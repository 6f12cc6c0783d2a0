import type { Canvas } from '@napi-rs/canvas';

/** What to render: size in pixels, length in seconds, and the input images. */
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
	/** Shown, but no frame of the video. */
	references?: Buffer[];
	/** A video from which this one goes on, or which it changes: its last or its first frame is the first one here. */
	source?: { video: Buffer | string; frame: 'first' | 'last' };
	encoder?: EncoderSettings;
}

/** How a clip is encoded; clips of one set of settings join without re-encoding. */
export interface EncoderSettings {
	/** `high` by default. */
	profile?: 'baseline' | 'main' | 'high';
	/** Frames that refer to later ones, at most so many in a row; the encoder's own by default. */
	bFrames?: number;
	/** Frames between two key frames; one second by default. */
	keyFrameEvery?: number;
	/** No audio track. */
	isSilent?: boolean;
	/** 48,000 by default. */
	samplesPerSecond?: number;
	/** Written at the end of the file instead of in front. */
	indexAtEnd?: boolean;
	/** In fragments, as from a stream. */
	isFragmented?: boolean;
}

/** One still image and the FFmpeg filter that brings it to life. */
export interface Layer {
	image: Canvas;
	motion: string;
	/** The frame of the video with which the layer starts; the first unless said otherwise. */
	startFrame?: number;
	/** FFmpeg overlay expressions; the ground layer ignores them. */
	x: string;
	y: string;
}

export const framesPerSecond = 24;

/** Number of frames in so many seconds, never none. */
export function frameCount(seconds: number): number {
	return Math.max(1, Math.round(seconds * framesPerSecond));
}
