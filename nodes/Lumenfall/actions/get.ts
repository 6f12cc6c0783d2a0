import type { Action } from './action';
import { toItem } from './describe';
import { readExistingVideo } from './existingVideo';

/** Tells the state of a video. A failed one is an answer too, not an error. */
export const get: Action = async (context) => toItem(context, await readExistingVideo(context));
