import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/createSandbox.mts';
import { createApi } from '../../instance/api/createApi.mts';
import {
	createInstance,
	type Instance,
	type InstanceOptions,
} from '../../instance/createInstance.mts';
import { setUpOwner } from '../../instance/owner.mts';
import type { CredentialJson, Execution, N8nApi, WorkflowJson } from '../../instance/types.mts';
import { sharedInstance } from './shared.mts';
import type { N8nVersion } from '../../instance/versions.mts';
import { waitFor } from '../../instance/waitFor.mts';
import { chain, NODE, nodeOf, START } from './workflows.mts';

/** A real n8n with the package installed, a sandbox, and a credential for it. */
export interface Stage {
	api: N8nApi;
	sandbox: Sandbox;
	/** The log file of its n8n. */
	logFile: string;
	credential: CredentialJson;
	credentialData: IDataObject;
	/** Returns a workflow of a manual trigger and the node. */
	workflow(parameters: object, settings?: object): WorkflowJson;
	/** Sets the stage's credential in every node that needs one. */
	withCredential(workflow: WorkflowJson): WorkflowJson;
	/** Saves a workflow and executes it by its manual trigger. Resolves with the ID of the execution. */
	run(workflow: WorkflowJson): Promise<string>;
	/** Publishes a workflow that a webhook starts, as in production. */
	publish(parameters: object): Promise<Published>;
	close(): Promise<void>;
}

interface Published {
	workflowId: string;
	/** Starts one execution. The body is in the `body` of its item. */
	call(body?: object): Promise<void>;
	/** Resolves with the IDs of its executions with this status, when there are this many. */
	have(count: number, status: Execution['status'], seconds?: number): Promise<string[]>;
}

/** A stage with its own n8n, which can be killed and started with other settings. */
export interface OwnStage extends Stage {
	instance: Instance;
}

export async function openStage(
	version: N8nVersion,
	sandboxOptions: SandboxOptions = {},
): Promise<Stage> {
	const { url, cookie, logFile } = sharedInstance(version);
	return await setTheStage(createApi(version, url, cookie), logFile, sandboxOptions);
}

export async function openOwnStage(
	options: InstanceOptions,
	sandboxOptions: SandboxOptions = {},
): Promise<OwnStage> {
	const instance = await createInstance(options);
	try {
		await instance.start();
		const api = await setUpOwner(options.version, instance.url);
		const stage = await setTheStage(api, instance.logFile, sandboxOptions);
		return {
			...stage,
			instance,
			close: async () => {
				await instance.close();
				await stage.close();
			},
		};
	} catch (error) {
		await instance.close();
		throw error;
	}
}

/** The values of the credential in addition to key and URL, as a user of this server enters them. */
function serverChoice({ webhookSecret }: Sandbox, { dialect }: SandboxOptions): IDataObject {
	if ((dialect ?? 'lumenfall') === 'lumenfall') return { server: 'lumenfall' };
	if (dialect !== 'openrouter') return { server: 'openAiCompatible' };
	// The sandbox does not have the host name openrouter.ai.
	return { server: 'openAiCompatible', requestFields: 'openRouter', webhookSecret };
}

async function setTheStage(
	api: N8nApi,
	logFile: string,
	sandboxOptions: SandboxOptions,
): Promise<Stage> {
	const sandbox = await createSandbox({ renderer: 'tiny', jobSeconds: 2, ...sandboxOptions });
	const { apiKey, baseUrl } = sandbox;
	const credentialData = { apiKey, baseUrl, ...serverChoice(sandbox, sandboxOptions) };
	const credential = await api.addCredential('Sandbox', 'lumenfallApi', credentialData);
	const { id, name } = credential;

	const withCredential: Stage['withCredential'] = (workflow) => ({
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-lumenfall.')
				? { ...node, credentials: { lumenfallApi: { id, name } } }
				: node,
		),
	});

	const workflow: Stage['workflow'] = (parameters, settings = {}) =>
		withCredential({
			name: 'Story',
			nodes: [
				nodeOf(START, 'n8n-nodes-base.manualTrigger', {}),
				nodeOf(NODE, 'n8n-nodes-lumenfall.lumenfall', parameters, settings),
			],
			connections: chain(START, NODE),
		});

	return {
		api,
		sandbox,
		logFile,
		credential,
		credentialData,
		workflow,
		withCredential,
		run: async (workflow) => {
			const { name: trigger } = workflow.nodes.find(({ type }) => type.endsWith('.manualTrigger'))!;
			return await api.run(await api.addWorkflow(workflow), trigger);
		},
		publish: async (parameters) => {
			const path = randomUUID();
			const trigger = nodeOf(
				START,
				'n8n-nodes-base.webhook',
				{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				{ typeVersion: 2, webhookId: path },
			);
			const { nodes, ...rest } = workflow(parameters);
			const workflowId = await api.addWorkflow({ ...rest, nodes: [trigger, ...nodes.slice(1)] });
			await api.activate(workflowId);
			return {
				workflowId,
				call: async (body = {}) => void (await api.http.post(`/webhook/${path}`, body)),
				have: async (count, status, seconds) =>
					await waitFor(
						`${count} executions to be ${status}`,
						async () => {
							const some = await api.executions(workflowId, status);
							return some.length >= count && some.map(({ id }) => id);
						},
						seconds,
					),
			};
		},
		close: async () => await sandbox.close(),
	};
}
