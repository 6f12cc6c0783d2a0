import type { Action } from './action';
import { generate } from './generate';
import { readPictures } from './furtherPictures';

/** Generates a video that starts on a picture. */
export const imageToVideo: Action = async (context) =>
	await generate(context, async () => await readPictures(context.execution, context.itemIndex));
