import axios, { type AxiosInstance } from 'axios';
import { waitFor } from '../waitFor.mts';

/** n8n's HTTP API with a login. All paths and responses are those of the editor. */
export interface Http {
	client: AxiosInstance;
	/** Repeats the request while n8n is too busy to answer, for up to four minutes. */
	get<Data>(path: string, params?: object): Promise<Data>;
	/**
	 * Sends the request once.
	 * @param timeout in milliseconds, a minute by default
	 */
	post<Data>(path: string, body: object, timeout?: number): Promise<Data>;
}

/** Opens the HTTP API of the n8n at this URL. An error of a request contains n8n's own message. */
export function openHttp(url: string, cookie: string): Http {
	const client = axios.create({ baseURL: url, headers: { cookie }, timeout: 60_000 });
	client.interceptors.response.use(undefined, (error: unknown) => {
		throw axios.isAxiosError(error) ? readable(error) : error;
	});
	return {
		client,
		get: async <Data,>(path: string, params?: object) => {
			const { data } = await waitFor(
				`n8n to answer GET ${path}`,
				async () => {
					const answer = await client.get<{ data: Data }>(path, {
						params,
						validateStatus: isAnswer,
					});
					return !isTooBusy(answer.status) && answer.data;
				},
				240,
			);
			return data;
		},
		post: async <Data,>(path: string, body: object, timeout?: number) =>
			(await client.post<{ data: Data }>(path, body, { timeout })).data.data,
	};
}

function isAnswer(status: number): boolean {
	return status < 300 || isTooBusy(status);
}

/** During a burst of calls, n8n may not reach its database: "Database is not ready!" or a timeout of its pool. */
function isTooBusy(status: number): boolean {
	return status === 500 || status === 503;
}

/** Returns an error with n8n's own message instead of a status code. */
function readable(error: {
	message: string;
	config?: { method?: string; url?: string };
	response?: { data?: unknown };
}): Error {
	const { method = '', url = '' } = error.config ?? {};
	const said = JSON.stringify(error.response?.data)?.slice(0, 500) ?? '';
	return new Error(`${method.toUpperCase()} ${url}: ${error.message} ${said}`);
}
