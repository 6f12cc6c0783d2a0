import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ChatMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string;
}

/** The parts of a request to OpenAI's chat API that the tests read. */
interface ChatRequest {
	messages: ChatMessage[];
	stream?: boolean;
	tools?: Array<{
		function: {
			name: string;
			parameters: { properties?: Record<string, { description?: string }> };
		};
	}>;
}

/** The next action of the model: a text, or a tool call. */
type Turn = { say: string } | { call: string; with: object };

export interface ChatModel {
	/** The base URL for a credential. */
	url: string;
	/** Every request since the last script. */
	requests(): ChatRequest[];
	/** Sets its actions, turn by turn. */
	script(...turns: Turn[]): void;
	close(): Promise<void>;
}

/** Starts a chat model that follows a script, with OpenAI's chat API (POST /chat/completions). */
export async function startChatModel(): Promise<ChatModel> {
	let turns: Turn[] = [];
	let requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			const chat = JSON.parse(body) as ChatRequest;
			requests.push(chat);
			const turn = turns.shift() ?? { say: 'The script has ended.' };
			const [type, text] = chat.stream
				? ['text/event-stream', streamOf(turn, requests.length)]
				: ['application/json', JSON.stringify(completionOf(turn, requests.length))];
			response.setHeader('content-type', type);
			response.end(text);
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
	const choice = { index: 0, message: messageOf(turn, count), finish_reason: reasonOf(turn) };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	return { ...headOf(count), object: 'chat.completion', choices: [choice], usage };
}

/** The same turn as a stream of two chunks. AI Agent 1.x asks for it. */
function streamOf(turn: Turn, count: number): string {
	const message = messageOf(turn, count);
	const tool_calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
	const choices = [
		{ index: 0, delta: { ...message, tool_calls }, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: reasonOf(turn) },
	];
	const chunks = choices.map((choice) =>
		JSON.stringify({ ...headOf(count), object: 'chat.completion.chunk', choices: [choice] }),
	);
	return [...chunks, '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
}

const headOf = (count: number) => ({
	id: `chat_${count}`,
	created: 1_700_000_000,
	model: 'scripted',
});

const reasonOf = (turn: Turn) => ('say' in turn ? 'stop' : 'tool_calls');

function messageOf(turn: Turn, count: number) {
	if ('say' in turn) return { role: 'assistant', content: turn.say };
	return { role: 'assistant', content: null, tool_calls: [toolCallOf(turn, count)] };
}

function toolCallOf({ call, with: values }: Extract<Turn, { call: string }>, count: number) {
	return {
		id: `call_${count}`,
		type: 'function',
		function: { name: call, arguments: JSON.stringify(values) },
	};
}
