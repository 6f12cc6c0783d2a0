import { mainImage, type InputImage, type VideoRequest } from '../request/videoRequest';
import { resultOf } from '../support/result';
import type { Connection } from './connection';
import { readCreateResponse, type CreateResponse, type ResponseWithoutJob } from './createResponse';
import type { Dialect, RequestForm, SentForm } from './dialects/dialect';
import { downloadImage } from './downloadImage';
import { TIMEOUTS } from './timeouts';
import type { HttpHost } from './httpHost';
import type { HttpResponse } from './httpResponse';

/** The contract's own form, and each alternative form of the fixed list once. */
const MAX_FORMS = 5;

/** The form that each server accepted in this run, by base URL. Forgotten after the run. */
const acceptedForms = new WeakMap<HttpHost, Map<string, RequestForm>>();

interface SendOptions {
	idempotencyKey: string;
	timeoutMs: number;
	/** Called once, right before the first request. */
	onSend?(): void;
}

/** The response to a create, and what it says. */
interface CreateExchange {
	response: HttpResponse;
	read: CreateResponse;
}

/**
 * Sends a create. If a refusal proves that nothing was created and reports that the form of the request was not
 * understood, sends the same request in the next form of the dialect's list.
 * @returns the last response; if that only refuses a content type, the last refusal with a reason
 */
export async function sendCreate(
	server: Connection,
	dialect: Dialect,
	asWritten: VideoRequest,
	{ idempotencyKey, timeoutMs, onSend }: SendOptions,
): Promise<CreateExchange> {
	const forms = formsOf(server.host);
	let form = forms.get(server.baseUrl) ?? {};
	let request = asWritten;
	let refused: CreateExchange | undefined;
	let otherRefusal: CreateExchange | undefined;
	for (let attempt = 1; ; attempt++) {
		if (form.imageAsFile) {
			const loaded = await resultOf(withImageFiles(server, request));
			// The refusal may have another reason than the form, which the error of the download would hide.
			if (!loaded.ok && form.imageAsFile === 'ifPossible' && refused) return refused;
			if (!loaded.ok) throw loaded.error;
			request = loaded.value;
		}
		const body = dialect.encodeCreate(request, idempotencyKey, form);
		if (attempt === 1) onSend?.();
		const response = await server.send({
			method: 'POST',
			url: `${server.baseUrl}${dialect.createPath?.(request, form) ?? '/videos'}`,
			timeoutMs,
			afterStopMs: TIMEOUTS.createAfterStop,
			keepsPart: true,
			body,
		});
		const isMultipart = body instanceof FormData;
		const sent = { response, read: readCreateResponse(response, server.baseUrl, body) };
		if (response.isSuccess) forms.set(server.baseUrl, form);
		if (response.isSuccess || sent.read.outcome !== 'refused') return sent;
		const refusal = { httpStatus: response.statusCode, words: wordsOf(sent.read) };
		const sentForm: SentForm = {
			form,
			isMultipart,
			image: mainImage(request)?.kind,
			seconds: request.seconds,
			source: request.source,
		};
		const next = dialect.nextForm?.(sentForm, refusal);
		const saysNothing = dialect.refusesContentType?.(refusal) ?? false;
		if (!next || attempt >= MAX_FORMS) return (saysNothing && otherRefusal) || sent;
		if (!saysNothing) otherRefusal = sent;
		refused = sent;
		form = next;
	}
}

/** Returns the request with files instead of image URLs. */
async function withImageFiles(server: Connection, request: VideoRequest): Promise<VideoRequest> {
	const insecure = server.credential.ignoreSslIssues;
	const load = async (image: InputImage) =>
		image.kind === 'url' ? await downloadImage(server.host, image.url, insecure) : image;
	const { image, lastFrame, referenceImages } = request;
	return {
		...request,
		...(image && { image: await load(image) }),
		...(lastFrame && { lastFrame: await load(lastFrame) }),
		...(referenceImages && { referenceImages: await Promise.all(referenceImages.map(load)) }),
	};
}

function wordsOf({ reason, parameters }: ResponseWithoutJob): string {
	const { code = '', message = '' } = reason;
	return `${code} ${message} ${parameters}`.slice(0, 4_000);
}

function formsOf(host: HttpHost): Map<string, RequestForm> {
	const forms = acceptedForms.get(host) ?? new Map<string, RequestForm>();
	acceptedForms.set(host, forms);
	return forms;
}
