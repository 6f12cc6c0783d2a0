import type { ItemContext } from '../context';
import { downloadFile } from '../deliver/downloadFile';
import { findKnownVideo } from '../wait/findVideo';
import type { Job } from '../job/job';
import type { FoundVideo, SourceKind } from '../request/sourceVideo';
import { isSameOrigin } from '../support/urls';
import { inKind } from './sourceFile';
import { sourceErrors } from './sourceErrors';

/**
 * Finds an earlier video of this server.
 * @param linkHours how long a public link of its file is valid; undefined if none is allowed
 * @throws FailureError if the video does not exist or is not completed
 */
export async function findSourceJob(
	context: ItemContext,
	videoId: string,
	linkHours: number | undefined,
): Promise<FoundVideo> {
	const job = await findKnownVideo(context, videoId);
	if (job.phase !== 'completed') throw sourceErrors.notCompleted(videoId, job.status);
	const url = openUrlOf(job, context.api.baseUrl);
	return {
		kinds: kindsOf(url !== undefined, linkHours !== undefined),
		model: job.model,
		seconds: job.seconds,
		async as(kind) {
			if (kind === 'id') return { video: { kind, id: videoId } };
			if (kind === 'url' && url) return { video: { kind, url } };
			const { binary } = await downloadFile(context, { job, variant: 'video' }, {});
			return await inKind(context, binary, kind, linkHours, videoId);
		},
	};
}

/** A URL that is there comes first. A link must be made of the file, so the file itself comes before it. */
function kindsOf(hasUrl: boolean, mayLink: boolean): SourceKind[] {
	if (hasUrl) return ['id', 'url', 'file'];
	return mayLink ? ['id', 'file', 'url'] : ['id', 'file'];
}

/** Returns a URL that anyone can open. A URL on the server's own origin requires the key. */
function openUrlOf({ fileUrls = [] }: Job, baseUrl: string): string | undefined {
	return fileUrls.find((url) => /^https?:/i.test(url) && !isSameOrigin(url, baseUrl));
}
