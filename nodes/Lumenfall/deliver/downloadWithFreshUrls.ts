import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { withVideoId } from '../errors/nodeError';
import type { FileVariant, Job } from '../job/job';
import { downloadFile, type DownloadedFile, type FileNaming } from './downloadFile';

/**
 * Downloads a file. If none of its URLs works, reads the job once more for new ones, because signed URLs expire.
 * @returns the file, and the job as it was read last
 * @throws FailureError with the video's ID
 */
export async function downloadWithFreshUrls(
	{ execution, api, runtime, stop }: ItemContext,
	job: Job,
	variant: FileVariant,
	naming: FileNaming,
): Promise<{ file: DownloadedFile; job: Job }> {
	const context = { execution, api, runtime };
	const fetch = async (from: Job) => ({
		file: await downloadFile(context, { job: from, variant }, naming),
		job: from,
	});
	return await fetch(job)
		.catch(async (error: unknown) => {
			stop.throwIfStopped();
			if (!job.url || failureOf(error)?.kind === 'serverChanged') throw error;
			const fresh = await api.getVideo(job.id).then(
				({ job: current }) => current,
				() => job,
			);
			if (!fresh.url || fresh.url === job.url) throw error;
			return await fetch(fresh);
		})
		.catch((error: unknown) => {
			throw withVideoId(error, job.id);
		});
}
