import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Execution, WorkflowJson } from '../../instance/types.mts';
import { VERSIONS } from '../../instance/versions.mts';

export const NODE = 'Make Video';
export const START = 'Start';

/** Both lines of n8n, with each server that calls a URL when a video ends. */
export const WITH_WEBHOOKS = VERSIONS.flatMap((version) =>
	(['lumenfall', 'openrouter'] as const).map((dialect) => ({ version, dialect })),
);

/** The cheapest video of the sandbox, with a status check every half second. */
export function small({
	options,
	...change
}: { options?: object; [name: string]: unknown } = {}): object {
	return {
		resource: 'video',
		operation: 'textToVideo',
		model: { __rl: true, mode: 'id', value: 'p-video' },
		prompt: 'scene',
		seconds: 1,
		resolution: '480p',
		...change,
		options: { firstPoll: 0.5, maxPollInterval: 0.5, ...options },
	};
}

/** Returns the output of a node in an execution that must have succeeded. */
export function outputOf(execution: Execution, node = NODE, branch = 0): INodeExecutionData[] {
	const { error, runData } = execution.data.resultData;
	if (execution.status !== 'success') {
		throw new Error(`Execution ${execution.id} is ${execution.status}: ${error?.message ?? ''}`);
	}
	return runData[node]?.at(-1)?.data?.main?.[branch] ?? [];
}

export function nodeOf(name: string, type: string, parameters: object, more: object = {}): INode {
	const position: [number, number] = [0, 0];
	return { id: name, name, type, typeVersion: 1, position, parameters: { ...parameters }, ...more };
}

/** Returns connections from each node to the next. */
export function chain(...names: string[]): WorkflowJson['connections'] {
	const links = names.slice(1).map((node, index) => {
		return [names[index], { main: [[{ node, type: 'main' as const, index: 0 }]] }];
	});
	return Object.fromEntries(links);
}
