import { readStatus } from '../job/status';
import { leavesIn } from '../support/leavesIn';
import { withoutUndefined } from '../support/withoutUndefined';
import { fileUrlsIn, videoUrlsAnywhere } from './decode/fileUrls';
import { isJobId, looseIdsIn, mayHaveId, OF_OTHER_VIDEO, strongIdsIn } from './decode/jobId';
import type { JsonBody } from './decode/jsonBody';
import { ownStatusWord } from './decode/statusWord';
import { number } from './decode/values';
import type { RequestBody } from './dialects/dialect';
import type { HttpResponse } from './httpResponse';

/** The trace of a job in a response that is no usable job. Empty if the response may be about a job that it does not name. */
export interface JobTrace {
	videoId?: string;
	fileUrl?: string;
}

interface SentCreate {
	/** The part of the server's URLs before `/videos`. */
	base: string;
	sent: RequestBody;
}

/**
 * Returns the trace of a job in the response to a create, whatever its status is and whatever else it says. Undefined if
 * nothing in the response may be about a job. Only then can it be a refusal.
 */
export function traceOfJob(
	response: HttpResponse,
	body: JsonBody,
	{ base, sent }: SentCreate,
): JobTrace | undefined {
	const { json } = body;
	const ownTexts = textsIn(sent);
	const isNew = (value: string) => !ownTexts.has(value);
	const clearId = [...strongIdsIn(body), ...idsInLinks(response, json, base)].find(isNew);
	const videoId = clearId ?? [...looseIdsIn(json)].find(isNew);
	// A loose ID may not be that of a video. Then the URL is the only trace of it.
	const fileUrls = clearId === undefined ? fileUrlsOf(response, json, base) : [];
	const fileUrl = fileUrls.find(isNew);
	const isNamed = videoId !== undefined || fileUrl !== undefined;
	// A refusal often has the ID of the request. In a success, it may be that of the job.
	return isNamed || (response.isSuccess && (mayHaveId(json) || isUnderWay(body)))
		? withoutUndefined<JobTrace>({ videoId, fileUrl })
		: undefined;
}

/** The status of an account, rather than that of a job. */
const OF_ACCOUNT = /^(active|new)$/i;
const QUEUE_POSITION = ['queueposition', 'positioninqueue', 'queueindex', 'queuenumber'];

/** Reports whether a response says that a job waits or runs, although it names none. */
function isUnderWay({ records }: JsonBody): boolean {
	return records.some((fields) => {
		const word = ownStatusWord(fields) ?? '';
		const { phase } = readStatus(word);
		const isWaiting = (phase === 'queued' || phase === 'running') && !OF_ACCOUNT.test(word);
		return isWaiting || (fields.pick(QUEUE_POSITION, number) ?? 0) > 0;
	});
}

/**
 * Returns the IDs in the URLs of videos on this server: in `Location` (RFC 9110, 15.3.2), or in the body, such as in
 * `polling_url`.
 */
export function idsInLinks(response: HttpResponse, json: unknown, base: string): string[] {
	const location = response.linkFrom(`${base}/videos`) ?? [];
	const links = [location, ...linksIn(json, base)].flat();
	return [...new Set(links.flatMap((url) => idInUrl(url, base) ?? []))];
}

/** Returns the id in the URL of a video on this server. */
function idInUrl(url: string, base: string): string | undefined {
	const videos = `${base}/videos/`;
	const id = url.startsWith(videos) ? decodeSegment(url.slice(videos.length)) : undefined;
	// A word without a digit is rather a route, such as `extensions` or `login`.
	return id && /\d/.test(id) && isJobId(id) ? id : undefined;
}

/** Links are not nested deeper. */
const MAX_LINK_DEPTH = 5;

function* linksIn(json: unknown, base: string): Generator<string, undefined> {
	for (const { value } of leavesIn(json, { maxDepth: MAX_LINK_DEPTH, skips: OF_OTHER_VIDEO })) {
		const isLink = typeof value === 'string' && /^(https?:\/)?\//.test(value);
		if (isLink && URL.canParse(value, base)) yield new URL(value, base).href;
	}
}

function decodeSegment(segment: string): string | undefined {
	const [, encoded] = /^([^/?#]+)\/?(?:[?#]|$)/.exec(segment) ?? [];
	try {
		return encoded && decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

/**
 * Returns the URLs of files. A server that responds only when the video is finished may return one without an ID. A refusal
 * may have the URL of any page, so there it must be called a video.
 */
function fileUrlsOf(response: HttpResponse, json: unknown, base: string): string[] {
	const anyFile = response.isSuccess ? fileUrlsIn(json, base) : [];
	return [...anyFile, ...videoUrlsAnywhere(json)].filter((url) => /^https?:/i.test(url));
}

/** No value of a request is nested deeper. */
const MAX_SENT_DEPTH = 10;

/** Returns the texts of a request. Express and FastAPI repeat a value that they refuse, such as the ID or the URL of an earlier video. */
function textsIn(sent: RequestBody): Set<unknown> {
	if (sent instanceof FormData) return new Set(sent.values());
	return new Set([...leavesIn(sent, { maxDepth: MAX_SENT_DEPTH })].map(({ value }) => value));
}
