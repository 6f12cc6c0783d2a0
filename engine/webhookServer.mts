import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type {
	CallResponse,
	Engine,
	IncomingCall,
	RunningExecution,
	RunOptions,
	RunResult,
	WorkflowJson,
} from './types.mts';

/** An execution that may be suspended. */
export interface Execution {
	executionId: string;
	/** Settles each time the execution stops running: when it is suspended, or has ended. */
	rest(): Promise<RunResult>;
	/** Settles when the execution has ended; rejects if it is still suspended after ten minutes of engine time. */
	end(): Promise<RunResult>;
	cancel(): void;
}

interface ReceivedCall {
	call: IncomingCall;
	status: number;
	hasEffect: boolean;
}

/** n8n's webhook server. Calls reach suspended executions and published triggers. */
export interface WebhookServer {
	/** The URL of a trigger is `<url>/webhook/<workflow id>/<path of the trigger>`. */
	url: string;
	start(workflow: WorkflowJson, options?: RunOptions): Execution;
	/** Activates a workflow with a trigger. Executions that its webhook starts are added to the returned list. */
	publish(workflow: WorkflowJson & { id: string }): RunningExecution[];
	/** Every received call, its response status, and whether it started or resumed an execution. */
	calls(): ReceivedCall[];
	close(): Promise<void>;
}

const END_WITHIN_MS = 600_000;

/** Starts a webhook server on this machine for the executions of an engine. */
export async function openWebhookServer(engine: Engine): Promise<WebhookServer> {
	const executions = new Map<string, TrackedExecution>();
	const published = new Map<string, { workflow: WorkflowJson; started: RunningExecution[] }>();
	const calls: ReceivedCall[] = [];

	async function route(call: IncomingCall): Promise<CallResponse> {
		const [, path, id] = new URL(call.url, 'http://localhost').pathname.split('/');
		if (path === 'webhook-waiting')
			return (await executions.get(id)?.deliver(call)) ?? { status: 404 };
		const target = published.get(id);
		if (!target) return { status: 404 };
		const reply = await engine.receive(target.workflow, call);
		if (reply.execution) target.started.push(reply.execution);
		return reply;
	}

	async function serve(request: IncomingMessage, response: ServerResponse) {
		const call: IncomingCall = {
			method: request.method,
			url: request.url ?? '/',
			headers: request.headers as Record<string, string>,
			body: await buffer(request),
		};
		const { status, body, execution } = await route(call);
		calls.push({ call, status, hasEffect: execution !== undefined });
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(body === undefined ? undefined : JSON.stringify(body));
	}

	const server = createServer((request, response) => void serve(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url,
		start(workflow, options = {}) {
			const webhookWaitingBaseUrl = `${url}/webhook-waiting`;
			const running = engine.start(workflow, { webhookWaitingBaseUrl, ...options });
			const execution = new TrackedExecution(engine, running);
			executions.set(running.executionId, execution);
			return execution;
		},
		publish(workflow) {
			const started: RunningExecution[] = [];
			published.set(workflow.id, { workflow, started });
			return started;
		},
		calls: () => calls,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Follows one execution through its suspensions, as the row in n8n's database does. */
class TrackedExecution implements Execution {
	readonly executionId: string;
	private suspendedOrEnded: RunResult | undefined;

	constructor(
		private readonly engine: Engine,
		private running: RunningExecution,
	) {
		this.executionId = running.executionId;
		this.follow(running);
	}

	async rest(): Promise<RunResult> {
		return await this.running.result;
	}

	async end(): Promise<RunResult> {
		const giveUpAt = Date.now() + END_WITHIN_MS;
		for (;;) {
			const result = await this.rest();
			if (result.status !== 'waiting') return result;
			if (Date.now() > giveUpAt)
				throw new Error('No webhook call has resumed the execution: it is still suspended');
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}

	cancel() {
		this.running.cancel();
	}

	async deliver(call: IncomingCall): Promise<CallResponse> {
		const suspended = this.suspendedOrEnded;
		if (!suspended) return { status: 409, body: { message: 'The execution is running already.' } };
		const reply = await this.engine.deliver(suspended, call);
		if (!reply.execution) return reply;
		this.follow(reply.execution);
		return reply;
	}

	private follow(running: RunningExecution) {
		this.running = running;
		this.suspendedOrEnded = undefined;
		void running.result.then((result) => (this.suspendedOrEnded = result));
	}
}
