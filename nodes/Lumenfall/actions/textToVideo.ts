import type { Action } from './action';
import { generate } from './generate';

/** Generates a video from a prompt. */
export const textToVideo: Action = async (context) => await generate(context);
