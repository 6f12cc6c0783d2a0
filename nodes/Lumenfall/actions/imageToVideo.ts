import type { Action } from './action';
import { generate } from './generate';
import { readPicture } from './picture';

/** Generates a video that starts on a picture. */
export const imageToVideo: Action = async (context) =>
	await generate(context, async () => await readPicture(context.execution, context.itemIndex));
