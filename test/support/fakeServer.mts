import { Readable } from 'node:stream';

/** A server's response to one request: JSON, or a file. An error means a network failure. */
export type FakeAnswer =
	| {
			status?: number;
			/** JSON, or the bytes as they are sent. */
			body?: unknown;
			headers?: object;
			/** The connection breaks after the body. */
			breaksOff?: true;
	  }
	| Error;

interface FakeServer {
	/** Each request as `GET /videos/video_1`, in order. */
	requests: string[];
	/** The base URL of the API, without `/videos`. */
	baseUrl: string;
	/** The parts of an n8n context through which the node's real API calls this server. */
	host: {
		getCredentials(): Promise<object>;
		helpers: { httpRequestWithAuthentication(name: string, options: SentOptions): Promise<object> };
	};
}

interface SentOptions {
	method?: string;
	url: string;
	body?: unknown;
}

/** Query and body of a request. */
export interface Sent {
	query: URLSearchParams;
	body?: unknown;
}

/** Modules cache what they know about a server, so each test gets a different server. */
let servers = 0;

/**
 * A server without sockets, behind n8n's request helper.
 * @param answerTo returns the response to a request such as `GET /videos/video_1`; undefined means 404
 * @param choice.domain `lumenfall.ai` for a server that counts as Lumenfall by its name
 * @param choice.baseUrl that of another fake server, for the same server later
 */
export function fakeServer(
	answerTo: (request: string, sent: Sent) => FakeAnswer | undefined,
	choice: { server?: string; domain?: string; apiKey?: string; baseUrl?: string } = {},
): FakeServer {
	const { server = 'lumenfall', domain = 'example.com', apiKey = 'key' } = choice;
	const { baseUrl = `https://api${++servers}.${domain}/openai/v1` } = choice;
	const requests: string[] = [];
	return {
		requests,
		baseUrl,
		host: {
			getCredentials: async () => ({ apiKey, baseUrl, server }),
			helpers: {
				httpRequestWithAuthentication: async (_, { method = 'GET', url, body: sent }) => {
					const { pathname, searchParams } = new URL(url);
					const request = `${method} ${pathname.replace('/openai/v1', '')}`;
					requests.push(request);
					const answer = answerTo(request, { query: searchParams, body: sent }) ?? {
						status: 404,
						body: { error: 'not found' },
					};
					if (answer instanceof Error) throw answer;
					const { status = 200, body = {}, headers = {}, breaksOff } = answer;
					const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
					const stream = Readable.from(breaksOff ? brokenAfter(bytes) : [bytes]);
					return { statusCode: status, headers, body: stream };
				},
			},
		},
	};
}

async function* brokenAfter(bytes: Buffer): AsyncGenerator<Buffer> {
	yield await Promise.resolve(bytes);
	throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}
