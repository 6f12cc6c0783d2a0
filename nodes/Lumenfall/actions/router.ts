import type { Action } from './action';
import { download } from './download';
import { get } from './get';
import { imageToVideo } from './imageToVideo';
import { textToVideo } from './textToVideo';

/** Resource and operation, as the form names them, to what they do. */
export const actions: Record<string, Record<string, Action>> = {
	video: { download, get, imageToVideo, textToVideo },
};
