import type { INode } from 'n8n-workflow';
import type { CredentialJson, Execution } from '../../instance/types.mts';
import type { ChatModel } from './chatModel.mts';
import { openChatModel } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { chain, nodeOf, START } from './workflows.mts';

/** n8n rewrote its agent twice. Each way calls tools with code of its own. */
export const AGENT_VERSIONS = [1.9, 2.2, 3];

/** n8n's AI Agent, with a language model that follows a script. */
export interface Agent {
	/** Runs it. The model calls the tool with each of these prompts, and then ends. */
	ask(...prompts: string[]): Promise<Asked>;
}

export interface Asked {
	execution: Execution;
	/** What the tool has returned to the model. Empty if the agent ended before. */
	answer: string;
}

/** Sets up an agent of this version of n8n's node with this tool. */
export async function openAgent(stage: Stage, typeVersion: number, tool: INode): Promise<Agent> {
	const model = await openChatModel();
	const data = { apiKey: 'none', url: model.url, header: false };
	const credential = await stage.api.addCredential('Scripted', 'openAiApi', data);
	const workflow = workflowOf(typeVersion, tool, credential);
	return {
		ask: async (...prompts) => {
			const calls = prompts.map((prompt) => ({ call: tool.name, with: { prompt } }));
			model.script(...calls, { say: 'Done.' });
			const id = await stage.run(stage.withCredential(workflow));
			return { execution: await stage.api.ended(id), answer: answerOf(model) };
		},
	};
}

function workflowOf(typeVersion: number, tool: INode, { id, name }: CredentialJson) {
	const chatModel = nodeOf(
		'Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		{ typeVersion: 1.2, credentials: { openAiApi: { id, name } } },
	);
	const agent = nodeOf(
		'Agent',
		'@n8n/n8n-nodes-langchain.agent',
		{ promptType: 'define', text: 'Make a video', options: {} },
		{ typeVersion },
	);
	const link = (type: 'ai_tool' | 'ai_languageModel') => ({
		[type]: [[{ node: agent.name, type, index: 0 }]],
	});
	return {
		name: 'Agent',
		nodes: [nodeOf(START, 'n8n-nodes-base.manualTrigger', {}), agent, chatModel, tool],
		connections: {
			...chain(START, agent.name),
			[chatModel.name]: link('ai_languageModel'),
			[tool.name]: link('ai_tool'),
		},
	};
}

function answerOf(model: ChatModel): string {
	const messages = model.requests().at(-1)?.messages ?? [];
	return messages
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => content)
		.join('\n');
}
