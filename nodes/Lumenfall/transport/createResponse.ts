import type { FailureError } from '../errors/failure';
import {
	isBeforeTheApi,
	meansCrash,
	meansServerFault,
	meansUnreadJson,
	meansUnreadRequest,
} from '../errors/serverFaultWords';
import { serverErrors } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import { textsOf } from '../errors/textPatterns';
import type { Job } from '../job/job';
import { sizesOf } from '../request/frameSize';
import { isOwnRoute, type SourceVideo } from '../request/sourceVideo';
import type { VideoRequest } from '../request/videoRequest';
import { readError, refusedParametersIn, type RefusalInBody } from './decode/error';
import { strongIdIn } from './decode/jobId';
import { JsonBody } from './decode/jsonBody';
import { jsonInText } from './decode/parseResponse';
import { entriesOfPage } from './decode/page';
import { readReason } from './decode/reason';
import { decodeJob } from './decode/video';
import type { RequestBody } from './dialects/dialect';
import type { HttpResponse } from './httpResponse';
import { isHtml, failureOfResponse } from './failureOfResponse';
import { idsInLinks, traceOfJob, type JobTrace } from './jobTrace';
import { requestErrors } from './requestErrors';

/** What the response to a create says. It is read once: the next form of the request and the error follow from it. */
export type CreateResponse = { outcome: 'created'; job: Job } | ResponseWithoutJob;

/** A response that is no usable job. */
export interface ResponseWithoutJob {
	/** `refused`: it is certain that nothing was made. `unclear`: a video may exist. */
	outcome: 'refused' | 'unclear';
	reason: RefusalInBody;
	/** The names of the parameters that the reason is about, as one text. */
	parameters: string;
	/** The ID of a video that may exist, or the URL of its file. */
	videoId?: string;
	fileUrl?: string;
}

/**
 * Reads the response to a create.
 * @param base the part of the server's URLs before `/videos`
 * @param sent the body of the request
 */
export function readCreateResponse(
	response: HttpResponse,
	base: string,
	sent: RequestBody,
): CreateResponse {
	const body = bodyOf(response);
	const id = strongIdIn(body);
	// A job was paid for as soon as its ID is known, whatever else the response says.
	const job = id !== undefined && response.isSuccess ? decodeJob(body, { base }) : undefined;
	if (job) return created(job);
	// Some gateways send a refusal with status 200 and with the id of a log entry.
	const error = mayNameVideo(response) ? readError(body) : undefined;
	const other = error ? undefined : jobElsewhere(response, body, base);
	if (other) return created(other);

	const said = { reason: error ?? readReason(body), parameters: refusedParametersIn(body) };
	const trace = traceOfJob(response, body, { base, sent });
	const sentJson = !(sent instanceof FormData);
	const hasClearId = id !== undefined;
	const says = { ...said, hasClearId, trace, error, sentJson };
	if (provesNothingMade(response, body, says)) return { outcome: 'refused', ...said };
	return { outcome: 'unclear', ...said, ...trace };
}

/**
 * Returns the JSON of the response. A list in a success has other videos only, and in a refusal it may have the one that was
 * created.
 */
function bodyOf(response: HttpResponse): JsonBody {
	const { isSuccess, json } = response;
	return isSuccess && entriesOfPage(json) ? JsonBody.open(undefined) : json;
}

/** `success` without a file describes the create request. The first status check reports the status of the job. */
function created(job: Job): CreateResponse {
	const isOfRequest = job.phase === 'completed' && !job.fileUrls;
	return {
		outcome: 'created',
		job: isOfRequest ? { ...job, phase: 'queued', status: 'queued' } : job,
	};
}

/** Returns the failure of a create whose response has no job. */
export function failureOfCreate(
	response: HttpResponse,
	{ outcome, reason, videoId, fileUrl }: ResponseWithoutJob,
	request: VideoRequest,
): FailureError {
	const known = videoId === undefined ? {} : { videoId };
	// The URL may be the only trace of a paid video.
	if (fileUrl !== undefined)
		return serverErrors.unreadableAnswer({
			...known,
			httpStatus: response.statusCode,
			serverMessage: tidyServerText(
				`it has ${videoId ? 'no clear ID' : 'no ID'}, but a file: ${fileUrl}`,
			),
		});
	const about = {
		...known,
		model: request.model,
		...sizesOf(request),
		...(outcome === 'refused' && { nothingMade: true }),
	};
	const refusal = failureOfResponse(response, 'create', about, reason);
	const { source } = request;
	return source && hasNoRoute(response, source)
		? requestErrors.noChangeRoute(source.change, refusal.failure.serverMessage)
		: refusal;
}

/**
 * Reports whether the server has no route that extends or edits videos. 501 means that it does not support the function
 * of the route (RFC 9110, 15.6.2). In the response to an ordinary create, that proves nothing.
 */
function hasNoRoute({ statusCode }: HttpResponse, { way }: SourceVideo): boolean {
	return isOwnRoute(way) && [404, 405, 501].includes(statusCode);
}

/** Returns the created job if its ID is in a place that is read only if the response is no refusal. */
function jobElsewhere(response: HttpResponse, body: JsonBody, base: string): Job | undefined {
	const job = response.isSuccess ? jobWithoutClearId(body, base) : undefined;
	return job ?? jobInLink(response, body, base);
}

function jobWithoutClearId(body: JsonBody, base: string): Job | undefined {
	if (typeof body.json !== 'string') return decodeJob(body, { base });
	const inText = JsonBody.open(jsonInText(body.json));
	// A text that broke off may lack the ID of the job.
	return strongIdIn(inText) === undefined ? undefined : decodeJob(inText, { base });
}

/** After 302 and 303, a create was done, and its result is elsewhere (RFC 9110, 15.4.4). */
function mayNameVideo(response: HttpResponse): boolean {
	return response.isSuccess || [302, 303].includes(response.statusCode);
}

/** A response may name the created video only by its URL. */
function jobInLink(response: HttpResponse, { json }: JsonBody, base: string): Job | undefined {
	if (!mayNameVideo(response)) return undefined;
	const [id, ...others] = idsInLinks(response, json, base);
	return id === undefined || others.length > 0
		? undefined
		: { id, phase: 'queued', status: 'queued' };
}

/** What a response without a usable job says. */
interface InBody {
	/** Whether it has an ID in a field that cannot mean anything else. */
	hasClearId: boolean;
	trace?: JobTrace;
	/** An error in a field for errors, in a response that otherwise would be a success. */
	error?: RefusalInBody;
	reason: RefusalInBody;
	/** Whether the request was JSON, and no form. */
	sentJson: boolean;
}

/**
 * Refusals that a proxy in front of the API may send too. The request did not reach the API's own code. 402 comes from a
 * proxy that requires a payment, 407 and 511 from one that requires a login, and 421 and 426 from a server that does not
 * process the request in this way.
 */
const BEFORE_THE_API = [
	401, 402, 404, 405, 406, 407, 410, 411, 413, 414, 415, 421, 426, 429, 431, 511,
];
/** The key or the account was refused, so a number beside the error, such as `order_no`, is not that of a job. */
const OF_THE_ACCOUNT = [401, 402];
/** Refusals of the key, the account or the content. No fault of the server has these statuses. */
const CLEAR = [...BEFORE_THE_API, 403, 451];
/** The API's own refusals. Others, such as 408, 409, 418 or 499, may come after the video was created. */
const BY_THE_API = [...CLEAR, 400, 422];
/** The request was meant for another URL. After 302 and 303, the server may have done the work. */
const ELSEWHERE = [301, 307, 308];

/**
 * Reports whether a response without a usable job proves that no video was created: the API refused the request with an
 * error field and no trace of a job, or with a failed job, or the request did not reach the API. A message alone proves
 * nothing.
 */
function provesNothingMade(
	{ statusCode, isSuccess }: HttpResponse,
	body: JsonBody,
	{ hasClearId, trace, error, reason, sentJson }: InBody,
): boolean {
	const isByTheApi =
		BY_THE_API.includes(statusCode) &&
		!isServerFault({ ...reason, httpStatus: statusCode }, sentJson);
	// Some relays write a refusal as a job of its own that has failed.
	if (trace && (hasClearId || !OF_THE_ACCOUNT.includes(statusCode)))
		return isByTheApi && hasClearId && isRefusedJob(body);
	if (isSuccess) return error !== undefined && !isServerFault(error, sentJson);
	if (ELSEWHERE.includes(statusCode) || BEFORE_THE_API.includes(statusCode)) return true;
	return isByTheApi && (typeof body.json === 'string' ? isOfParser(body.json) : body.json !== null);
}

/** A job that has timed out or expired was made. */
function isRefusedJob(body: JsonBody): boolean {
	const { phase, status = '' } = decodeJob(body) ?? {};
	return phase === 'failed' && !/time|expired|upstream/.test(status);
}

/**
 * Reports whether the API's own code did not run. Libraries of Go and Rust send the message of their parser as plain text. A
 * web server says that it did not pass on the request.
 */
function isOfParser(text: string): boolean {
	return isBeforeTheApi(text) || (!isHtml(text) && meansUnreadRequest(text));
}

/**
 * Reports whether the reason is a fault of a server. A relay may pass on a 5xx with another status, or say that it could not read
 * the response of the server behind it. Then as little is known as after a 5xx.
 */
function isServerFault(
	{ httpStatus = 400, code, message }: RefusalInBody,
	sentJson: boolean,
): boolean {
	if (httpStatus >= 500) return true;
	const texts = textsOf(message, code);
	const isFault =
		meansServerFault(texts) || meansCrash(texts) || (sentJson && meansUnreadJson(texts));
	return isFault && !CLEAR.includes(httpStatus);
}
