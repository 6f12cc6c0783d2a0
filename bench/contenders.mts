import type { IDataObject, INode } from 'n8n-workflow';
import { peerFolders } from './installPeer.mts';
import type { SandboxAddress } from './measure/sandboxes.mts';

export type ContenderName = 'ours' | 'peer';

/** One of the two nodes, with the form parameters of the same request. */
interface Contender {
	title: string;
	builtInFolders: string[];
	credentials(sandbox: SandboxAddress): Record<string, IDataObject>;
	node: Pick<INode, 'type' | 'typeVersion' | 'credentials'>;
	/** All other parameters have their defaults. */
	parameters: IDataObject;
	/** The option for its timeout, in seconds. */
	timeLimitOption: string;
}

const sora = { __rl: true, mode: 'id', value: 'sora-2' };
const PROMPT = '={{ $json.prompt }}';

export const contenders: Record<ContenderName, Contender> = {
	ours: {
		title: 'Lumenfall',
		builtInFolders: [],
		credentials: ({ baseUrl, apiKey }) => ({
			lumenfallApi: { server: 'openAiCompatible', baseUrl, apiKey },
		}),
		node: {
			type: 'n8n-nodes-lumenfall.lumenfall',
			typeVersion: 1,
			credentials: { lumenfallApi: { id: 'ours', name: 'Sandbox' } },
		},
		parameters: {
			resource: 'video',
			operation: 'textToVideo',
			model: sora,
			prompt: PROMPT,
			seconds: 4,
		},
		timeLimitOption: 'timeout',
	},
	peer: {
		title: 'Built-in OpenAI',
		builtInFolders: peerFolders,
		credentials: ({ baseUrl, apiKey }) => ({ openAiApi: { url: baseUrl, apiKey } }),
		node: {
			type: '@n8n/n8n-nodes-langchain.openAi',
			typeVersion: 2.3,
			credentials: { openAiApi: { id: 'peer', name: 'Sandbox' } },
		},
		parameters: {
			resource: 'video',
			operation: 'generate',
			modelId: sora,
			prompt: PROMPT,
			seconds: 4,
		},
		timeLimitOption: 'waitTime',
	},
};
