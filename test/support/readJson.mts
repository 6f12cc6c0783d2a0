import { JsonBody } from '../../nodes/Lumenfall/transport/decode/jsonBody';
import * as reason from '../../nodes/Lumenfall/transport/decode/reason';
import * as video from '../../nodes/Lumenfall/transport/decode/video';

/** The readers of a response, for JSON as the server wrote it. */

export function decodeJob(json: unknown, known?: Parameters<typeof video.decodeJob>[1]) {
	return video.decodeJob(JsonBody.open(json), known);
}

export function readReason(json: unknown) {
	return reason.readReason(JsonBody.open(json));
}
