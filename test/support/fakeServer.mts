import { Readable } from 'node:stream';

/** What a server answers to one request; an error stands for a broken network. */
export type FakeAnswer = { status?: number; body?: unknown; headers?: object } | Error;

export interface FakeServer {
	/** Each request as `GET /videos/video_1`, in order. */
	requests: string[];
	/** Everything in front of `/videos`. */
	baseUrl: string;
	/** What an n8n context needs so that the real API of the node talks to this server. */
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

/** What a request carried besides its path. */
export interface Sent {
	query: URLSearchParams;
	body?: unknown;
}

/** Modules may remember what a server said, so each test gets a server of its own. */
let servers = 0;

/**
 * A server without sockets, behind n8n's request helper.
 * @param answerTo what it answers to `GET /videos/video_1`; 404 where it says nothing
 * @param choice.domain `lumenfall.ai` for a server whose name tells that it is Lumenfall
 */
export function fakeServer(
	answerTo: (request: string, sent: Sent) => FakeAnswer | undefined,
	{ server = 'lumenfall', domain = 'example.com' } = {},
): FakeServer {
	const baseUrl = `https://api${++servers}.${domain}/openai/v1`;
	const requests: string[] = [];
	return {
		requests,
		baseUrl,
		host: {
			getCredentials: async () => ({ apiKey: 'key', baseUrl, server }),
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
					const { status = 200, body = {}, headers = {} } = answer;
					return { statusCode: status, headers, body: Readable.from([JSON.stringify(body)]) };
				},
			},
		},
	};
}
