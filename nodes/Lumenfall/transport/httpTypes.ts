import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { FailureError } from '../errors/failure';

/** The n8n context that requests go through. n8n adds its proxy, SSRF protection and credential handling. */
export type HttpHost =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

export interface HttpResponse<Body = unknown> {
	statusCode: number;
	/** Header names are in lower case. */
	headers: IDataObject;
	body: Body;
	/** Why the body broke off. It is then the text that has arrived, see `HttpRequest.keepsPart`. */
	brokenBy?: FailureError;
}

/** Reports whether the status is 2xx. */
export function isSuccess({ statusCode }: Pick<HttpResponse, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}
