import type {
	Fault,
	ShownJob,
	JournalEntry,
	SandboxOptions,
} from '../../sandbox/createSandbox.mts';
import { openChild } from './child.mts';

export interface SandboxAddress {
	baseUrl: string;
	apiKey: string;
}

/** The sandbox's records. Its times are in its own milliseconds. */
export interface SandboxState {
	jobs: ShownJob[];
	requests: JournalEntry[];
	billing: { jobs: number; usd: number };
}

/** A sandbox in another process, controlled over its control routes. */
export interface RemoteSandbox extends SandboxAddress {
	state(): Promise<SandboxState>;
	addFault(fault: Fault): Promise<void>;
	/** Creates the video file of all jobs, so that no job has to wait for it. */
	prepareVideo(): Promise<void>;
	/** Resolves when no job is running. */
	settled(): Promise<SandboxState>;
	reset(): Promise<void>;
}

/**
 * Opens sandboxes in one process, separate from the node's, so that neither their memory nor their work counts as the
 * node's. All jobs get the same tiny video, because encoding is not measured.
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
		async prepareVideo() {
			await send(`${baseUrl}/videos`, { prompt: 'warm-up' });
			await settled();
			await reset();
		},
	};
}
