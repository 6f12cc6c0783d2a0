import type { SentVideo } from '../request/sourceVideo';
import type { InputImage, VideoRequest } from '../request/videoRequest';
import { whyPrivate, withoutQuery } from '../support/urls';
import { PUBLIC_SERVICE_URL } from '../transport/dialects/knownHosts';
import { valueErrors } from './valueErrors';

/**
 * Requires that the server can open each URL of the request. Only a service that is certainly on the internet is checked: it
 * cannot open a URL of the user's own network. Nothing has been sent yet, so nothing is spent.
 * @param baseUrl the part of the server's URLs before `/videos`
 * @throws FailureError naming the parameter and the URL, without its query
 */
export function requireOpenableUrls(request: VideoRequest, baseUrl: string): void {
	if (!PUBLIC_SERVICE_URL.test(baseUrl)) return;
	for (const [parameter, urls] of Object.entries(urlsIn(request)))
		for (const url of urls) {
			const reason = whyPrivate(url);
			if (reason) throw valueErrors.privateUrl(parameter, withoutQuery(url), reason);
		}
}

/** Returns the URLs that the server opens, by the display names of their fields. */
function urlsIn(request: VideoRequest): Record<string, string[]> {
	const { image, lastFrame, referenceImages = [], source } = request;
	const { referenceVideos = [], referenceAudio = [] } = request;
	return {
		'Image URL': urlOf(image),
		'Last Frame': urlOf(lastFrame),
		// 'Image URL' is one of them if 'Image Role' is 'Reference'.
		'Reference Images': referenceImages.flatMap(urlOf),
		'Video URL': urlOf(source?.video),
		'Reference Videos': referenceVideos,
		'Reference Audio': referenceAudio,
	};
}

function urlOf(file: InputImage | SentVideo | undefined): string[] {
	return file?.kind === 'url' ? [file.url] : [];
}
