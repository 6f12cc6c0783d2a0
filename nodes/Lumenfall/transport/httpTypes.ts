import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** The n8n context that requests go through: n8n's proxy, SSRF guard and credential handling come with it. */
export type HttpHost = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface HttpResponse<Body = unknown> {
	statusCode: number;
	/** Names in lower case. */
	headers: IDataObject;
	body: Body;
}

/** A file or page that arrives in pieces. */
export type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;
