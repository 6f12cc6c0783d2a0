import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { unixSeconds } from '../../clock.mts';
import { describeFailure } from '../../jobs/failures.mts';
import { isPending, type Job } from '../../jobs/job.mts';
import { sendFile } from '../../server/sendFile.mts';
import type { SandboxState } from '../../state.mts';
import type { Dialect } from '../dialect.mts';
import { failureText, statusWord } from './response.mts';
import {
	abort,
	registerModels,
	registerVideos,
	removeEnded,
	type VideosContract,
} from './routes.mts';
import type { ServerSpec } from './serverSpec.mts';
import type { VideoView } from './videoView.mts';

/** Creates the dialect of a server from its spec. */
export function createDialect(spec: ServerSpec): Dialect {
	const { errors, basePath, alsoAt = [] } = spec;
	return {
		basePath,
		newId: spec.newId,
		keyHeaders: spec.keyHeaders,
		maxRunningJobs: spec.maxRunningJobs,
		fileLifetimeSeconds: spec.fileLifetimeSeconds,
		register(api, state) {
			for (const base of [basePath, ...alsoAt]) {
				registerVideos(api, state, base, contractOf(spec));
				if (spec.redirectsToSlash) registerSlash(api, base);
				if (!spec.hasNoModels) registerModels(api, base, spec);
			}
			registerFiles(api, state, spec);
		},
		errorBody: errors.body,
		unauthorized: errors.unauthorized,
		unknownPath: errors.unknownPath,
		faultError: errors.withStatus,
	};
}

function contractOf(spec: ServerSpec): VideosContract {
	const { created = {}, content, errors, remove } = spec;
	const view = (job: Job, state: SandboxState, request: FastifyRequest) =>
		viewOf(spec, job, state, request);
	const formatCreated = created.body ?? spec.video;
	return {
		readCreateRequest: spec.create,
		createPath: spec.redirectsToSlash ? '/videos/' : '/videos',
		createdStatus: created.status,
		waitsForVideo: created.waits,
		prepareResponse: (_job, reply) => void reply.headers(created.headers ?? {}),
		formatCreated: (job, state, request) => formatCreated(view(job, state, request)),
		formatVideo: (job, state, request) => spec.video(view(job, state, request)),
		hasNoStatus: spec.hasNoStatus,
		emptyWhileRunning: spec.emptyWhileRunning,
		list: spec.list,
		content: content && { notReady: errors.notReady, ...content },
		remove: remove && ((job, state, request) => removals[remove](job, state, request, spec)),
		changes: spec.changes,
		unknownVideo: errors.unknownVideo,
	};
}

type Removal = (
	job: Job,
	state: SandboxState,
	request: FastifyRequest,
	spec: ServerSpec,
) => unknown;

const removals: Record<NonNullable<ServerSpec['remove']>, Removal> = {
	ended: removeEnded,
	abort,
	cancel: (job, { jobs }) => jobs.cancel(job),
	mark(job, state, request, spec) {
		abort(job, state);
		return spec.video({ ...viewOf(spec, job, state, request), status: 'deleted' });
	},
};

function viewOf(
	spec: ServerSpec,
	job: Job,
	state: SandboxState,
	request: FastifyRequest,
): VideoView {
	const { output } = job;
	const startedAt = job.startedAt ?? job.createdAt;
	return {
		id: job.id,
		status: statusWord(job, spec.statuses ?? {}),
		model: job.model,
		prompt: job.prompt,
		seconds: job.seconds,
		size: job.size,
		progress: state.jobs.progress(job),
		createdAt: unixSeconds(job.createdAt),
		completedAt: output && job.finishedAt ? unixSeconds(job.finishedAt) : null,
		expiresAt: output ? unixSeconds(output.expiresAt) : null,
		lifetimeSeconds: output ? Math.round((output.expiresAt - job.finishedAt!) / 1000) : null,
		hasRetention: state.fileLifetimeSeconds !== undefined,
		isInCloud: state.cloudUrl,
		error: describeFailure(job.failure, spec.failures ?? failureText),
		url: output ? fileUrl(spec, output, request) : null,
		bytes: output?.bytes ?? null,
		cost: output ? job.billedUsd : null,
		inferenceSeconds: output ? (job.finishedAt! - startedAt) / 1000 : null,
		sourceId: job.videos?.find(({ role }) => role !== 'reference')?.video.jobId ?? null,
		hasEnded: !isPending(job),
		hasFailed: job.status === 'failed',
	};
}

const FILES_PATH = '/files';

function fileUrl(
	{ fileUrl: kind = 'media', basePath }: ServerSpec,
	{ url, path }: NonNullable<Job['output']>,
	{ protocol, host }: FastifyRequest,
): string {
	if (kind === 'media') return url;
	if (kind === 'data-uri') {
		return `data:video/mp4;base64,${readFileSync(path).toString('base64')}`;
	}
	const ownPath = `${basePath}${FILES_PATH}/${url.split('/').at(-1)}`;
	return kind === 'relative' ? ownPath : `${protocol}://${host}${ownPath}`;
}

/** Serves the files on the API's own origin, where an absolute URL requires the key. */
function registerFiles(api: FastifyInstance, state: SandboxState, spec: ServerSpec) {
	if (spec.fileUrl !== 'api' && spec.fileUrl !== 'relative') return;
	const config = { kind: 'content', isPublic: spec.fileUrl === 'relative' } as const;
	api.get<{ Params: { name: string } }>(
		`${spec.basePath}${FILES_PATH}/:name`,
		{ config },
		async (request, reply) => {
			const { name } = request.params;
			const output = state.jobs.all().find((job) => job.output?.url.endsWith(`/${name}`))?.output;
			if (!output || output.expiresAt <= state.clock.now() || request.fault?.do === 'expired') {
				throw spec.errors.unknownVideo(name);
			}
			if (request.fault?.do === 'redirect') return await reply.redirect(output.url, 302);
			return await sendFile(request, reply, output);
		},
	);
}

/** FastAPI and others redirect to the path with a trailing slash, with the same method and body. */
function registerSlash(api: FastifyInstance, base: string) {
	api.post(`${base}/videos`, async (_request, reply) => reply.redirect(`${base}/videos/`, 307));
}
