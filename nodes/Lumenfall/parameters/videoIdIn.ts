/** The URL of a video at the API: `https://…/v1/videos/video_8f2k/content`. */
const URL_OF_VIDEO = /^(?:https?:\/)?\/\S*?\/videos\/([^/?#\s]+)/i;
const LABEL = /^(?:video[\s_-]*)?id\s*[:=]\s*/i;

/**
 * Returns the ID of a video in a text that was copied with more than the ID: `id: video_8f2k,`, `<video_8f2k>`, a URL at the
 * API. Undefined if it is unclear.
 */
export function videoIdIn(given: string): string | undefined {
	const inUrl = URL_OF_VIDEO.exec(given)?.[1];
	const id = inUrl ? decoded(inUrl) : given.replace(LABEL, '').replace(/[,;.]$/, '');
	const plain = /^[<([](.+)[>)\]]$/.exec(id)?.[1] ?? id;
	return /^[^\s{}<>"]+$/.test(plain) ? plain : undefined;
}

/** Some servers have IDs with signs that a URL encodes. */
function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
