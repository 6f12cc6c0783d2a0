/** Reports whether two IDs belong to the same video. */
export function isSameVideo(one: string, other: string): boolean {
	return one === other || bareId(one) === bareId(other);
}

/**
 * Returns the part of an ID that is the same wherever it occurs. Lumenfall's deliveries and its request history have `req_…`
 * where the video API has `video_…`: docs/protocols/lumenfall.md#video-ids.
 */
export function bareId(id: string): string {
	return id.replace(/^(video|req)_/, '');
}
