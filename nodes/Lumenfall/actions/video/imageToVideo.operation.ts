import type { Operation } from '../../context';
import { generate } from './generateVideo';
import { readImages } from '../../parameters/images';

/** Generates a video that starts on a picture. */
export const imageToVideo: Operation = async (context) =>
	await generate(context, async () => await readImages(context.execution, context.itemIndex));
