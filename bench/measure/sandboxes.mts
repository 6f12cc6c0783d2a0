import type {
	Fault,
	JobRecord,
	JournalEntry,
	SandboxOptions,
} from '../../sandbox/createSandbox.mts';
import { openChild } from './child.mts';

export interface SandboxAddress {
	baseUrl: string;
	apiKey: string;
}

/** What the sandbox has written down, its times in its own milliseconds. */
export interface SandboxState {
	jobs: JobRecord[];
	requests: JournalEntry[];
	billing: { jobs: number; usd: number };
}

/** A sandbox in another process, reached over its control routes. */
export interface RemoteSandbox extends SandboxAddress {
	state(): Promise<SandboxState>;
	addFault(fault: Fault): Promise<void>;
	/** Makes the film that every job gets, so that no job has to wait for it. */
	filmAhead(): Promise<void>;
	/** Answers once no job runs any more. */
	settled(): Promise<SandboxState>;
	reset(): Promise<void>;
}

/**
 * Opens sandboxes that share one process apart from the node's, so that neither their memory nor their work is
 * counted as the node's. They make one tiny film: encoding is not what is measured.
 */
export async function openSandboxes(
	options: SandboxOptions[],
	timeFactor: number,
): Promise<{ sandboxes: RemoteSandbox[]; close(): Promise<void> }> {
	const child = await openChild<SandboxAddress[]>({
		module: new URL('./sandboxHost.mts', import.meta.url).href,
		input: options.map((own) => ({ dialect: 'openai', renderer: 'tiny', ...own })),
		timeFactor,
	});
	return { sandboxes: child.value.map(remote), close: child.end };
}

function remote({ baseUrl, apiKey }: SandboxAddress): RemoteSandbox {
	const send = async (url: URL | string, body?: unknown) => {
		const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
		const post = { method: 'POST', headers, body: JSON.stringify(body) };
		const answer = await fetch(url, body === undefined ? {} : post);
		if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${url}`);
		return answer;
	};
	const control = (path: string) => new URL(`/_sandbox${path}`, baseUrl);
	const state = async () => (await (await send(control(''))).json()) as SandboxState;
	const reset = async () => void (await send(control('/reset'), {}));
	const settled = async () => {
		for (;;) {
			const now = await state();
			if (now.jobs.every(({ finishedAt }) => finishedAt !== undefined)) return now;
			await new Promise((resolve) => setTimeout(resolve, 500));
		}
	};

	return {
		baseUrl,
		apiKey,
		state,
		settled,
		reset,
		addFault: async (fault) => void (await send(control('/faults'), fault)),
		async filmAhead() {
			await send(`${baseUrl}/videos`, { prompt: 'warm-up' });
			await settled();
			await reset();
		},
	};
}
