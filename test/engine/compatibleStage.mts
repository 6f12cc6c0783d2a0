import type { Engine, WorkflowJson } from '../../engine/createEngine.mts';
import { native } from '../support/native.mts';
import { CORES, small } from './stage.mts';

type Node = WorkflowJson['nodes'][number];

/** Opens n8n's engine with a credential for a compatible server. */
export async function openEngine(
	core: (typeof CORES)[number],
	baseUrl: string,
	server: 'openAiCompatible' | 'lumenfall' = 'openAiCompatible',
	apiKey = 'sk-test-0123456789',
): Promise<Engine> {
	const { createEngine } = await native<typeof import('../../engine/createEngine.mts')>(
		'./engine/createEngine.mts',
	);
	const lumenfallApi = { apiKey, baseUrl, server };
	return await createEngine({ core, credentials: { lumenfallApi } });
}

/** A workflow that generates one short video, polls and downloads it. */
export function textToVideoWorkflow(change: object = {}): WorkflowJson {
	const parameters = small({
		model: 'sora-2',
		resolution: '720p',
		options: { firstPoll: 1 },
		...change,
	});
	const node = (name: string, type: string, rest: Pick<Node, 'parameters' | 'credentials'>) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		...rest,
	});
	return {
		name: 'hanging',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', { parameters: {} }),
			node('Video', 'n8n-nodes-lumenfall.lumenfall', {
				parameters: { resource: 'video', ...parameters },
				credentials: { lumenfallApi: { id: '1', name: 'Server' } },
			}),
		],
		connections: { Start: { main: [[{ node: 'Video', type: 'main' as const, index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
