import type { Canvas } from '@napi-rs/canvas';

/** What to film: size in pixels, length in seconds, and the pictures that were given. */
export interface VideoOrder {
	width: number;
	height: number;
	seconds: number;
	prompt: string;
	model: string;
	/** The first frame. */
	image?: Buffer;
	/** The last frame. */
	lastImage?: Buffer;
	/** Shown, but no frame of the film. */
	references?: Buffer[];
}

/** One still picture and the FFmpeg filter that brings it to life. */
export interface Layer {
	picture: Canvas;
	motion: string;
	/** The frame of the film with which the layer comes in; the first unless said otherwise. */
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
