import { JsonBody } from '../../nodes/Lumenfall/transport/decode/jsonBody';
import * as reason from '../../nodes/Lumenfall/transport/decode/reason';
import * as video from '../../nodes/Lumenfall/transport/decode/video';

/** The URL of a file, which ends like a video. */
export const MP4 = 'https://files.example/a.mp4';

/** The URL of a file that does not show that it is a video. */
export const SIGNED = 'https://files.example/f/a?signature=b';

/** The readers of a response, for JSON as the server wrote it. */

export function decodeJob(json: unknown, known?: Parameters<typeof video.decodeJob>[1]) {
	return video.decodeJob(JsonBody.open(json), known);
}

export function readReason(json: unknown) {
	return reason.readReason(JsonBody.open(json));
}
