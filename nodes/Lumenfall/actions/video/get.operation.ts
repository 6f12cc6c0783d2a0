import type { Operation } from '../../context';
import { toVideoItem } from '../../output/videoItem';
import { findVideo } from '../../deliver/findVideo';

/** Tells the state of a video. A failed one is an answer too, not an error. */
export const get: Operation = async (context) => toVideoItem(context, await findVideo(context));
