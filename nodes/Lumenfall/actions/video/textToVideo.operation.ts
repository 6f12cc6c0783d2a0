import type { Operation } from '../../context';
import { generate } from './generateVideo';

/** Generates a video from a prompt. */
export const textToVideo: Operation = async (context) => await generate(context);
