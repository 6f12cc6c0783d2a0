import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string;
}

/** The parts of a request to OpenAI's chat API that the tests read. */
export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{
		function: {
			name: string;
			parameters: { properties?: Record<string, { description?: string }> };
		};
	}>;
}

/** The next action of the model: a text, or a tool call. */
export type Turn = { say: string } | { call: string; with: object };

export interface ChatModel {
	/** The base URL for a credential. */
	url: string;
	/** Every request since the last script. */
	requests(): ChatRequest[];
	/** Sets its actions, turn by turn. */
	script(...turns: Turn[]): void;
	close(): Promise<void>;
}

/** Starts a chat model that follows a script, with OpenAI's chat API (POST /chat/completions, without streaming). */
export async function startChatModel(): Promise<ChatModel> {
	let turns: Turn[] = [];
	let requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			requests.push(JSON.parse(body) as ChatRequest);
			const turn = turns.shift() ?? { say: 'The script has ended.' };
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completionOf(turn, requests.length)));
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests: () => requests,
		script: (...next) => {
			turns = next;
			requests = [];
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function completionOf(turn: Turn, count: number): object {
	const message =
		'say' in turn
			? { role: 'assistant', content: turn.say }
			: { role: 'assistant', content: null, tool_calls: [toolCallOf(turn, count)] };
	return {
		id: `chat_${count}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'say' in turn ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCallOf({ call, with: values }: Extract<Turn, { call: string }>, count: number) {
	return {
		id: `call_${count}`,
		type: 'function',
		function: { name: call, arguments: JSON.stringify(values) },
	};
}
