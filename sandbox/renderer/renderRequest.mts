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
