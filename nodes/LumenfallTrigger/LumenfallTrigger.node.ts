import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { runItems } from '../Lumenfall/run/runItems';
import { toNodeOutput } from '../Lumenfall/run/runOutcome';
import { failureFrom, toNodeError } from '../Lumenfall/errors/nodeError';
import { resultOf } from '../Lumenfall/support/result';
import { emitVideo } from './emitVideo';
import { formOfTrigger, readEvents } from './readForm';
import { pollVideos } from './polling/pollVideos';
import { receiveEvent } from './receiveEvent';
import { HOW_TO_TRY, properties } from './fields';

export class LumenfallTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lumenfall Trigger',
		name: 'lumenfallTrigger',
		icon: { light: 'file:../../icons/lumenfall.svg', dark: 'file:../../icons/lumenfall.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$rawParameter.events].flat().map((event) => ({ "video.cancelled": "Cancelled", "video.completed": "Completed", "video.failed": "Failed" })[event]).filter(Boolean).join(", ") }}',
		// n8n lists node and trigger as one, with the description of the trigger.
		description:
			'Generate videos from text or images, or start the workflow when a video completes, fails or is cancelled',
		defaults: { name: 'Lumenfall Trigger' },
		triggerPanel: { executionsHelp: HOW_TO_TRY },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'lumenfallApi', required: true }],
		webhooks: [
			{
				name: 'default',
				// Without a method, n8n registers no webhook, and a test run in the editor polls.
				httpMethod: '={{ $parameter.noticeBy === "list" ? "" : "POST" }}',
				ndvHideUrl: '={{ $parameter.noticeBy === "list" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'video',
			},
		],
		properties,
	};

	/** Nothing is registered: the webhook URL is sent with each create request. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await runOrThrow(this, async () => readEvents(formOfTrigger(this)));
				return true;
			},
			create: async (): Promise<boolean> => true,
			delete: async (): Promise<boolean> => true,
		},
	};

	/** n8n calls this for every trigger that has it, whatever the value of 'Notice Videos By' is. */
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runOrThrow(this, async () => await pollVideos(this));
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveEvent(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return toNodeOutput(this.getNode(), await runItems(this, { execute: emitVideo }));
	}
}

/** Runs a step of the activation or of a poll. Its failure becomes n8n's error. */
async function runOrThrow<Value>(
	host: IHookFunctions | IPollFunctions,
	step: () => Promise<Value>,
): Promise<Value> {
	const result = await resultOf(step());
	if (result.ok) return result.value;
	throw toNodeError(host.getNode(), failureFrom(result.error));
}
