import type { INodeProperties } from 'n8n-workflow';

/** Options of 'On Webhook Call'. */
export const suspendOptions: INodeProperties[] = [
	{
		displayName: 'If Webhook Is Not Possible',
		name: 'ifCannotPark',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'error',
				description: 'Stop before anything is created, and say what is missing',
			},
			{ name: 'Poll Instead', value: 'poll', description: "Same as 'Until the Video Is Ready'" },
		],
		default: 'error',
		description:
			'What to do if the server cannot call n8n: no public URL, a server without webhooks, or a node that runs as an AI tool',
		displayOptions: { show: { '/waitMode': ['webhook'] } },
	},
	{
		displayName: 'Max Webhook Wait (Minutes)',
		name: 'parkMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_080 },
		default: 60,
		description:
			'Minutes to wait for the webhook call, from 1 to 10,080 (a week). Then the execution resumes and returns the video IDs, for use with Wait.',
		displayOptions: { show: { '/waitMode': ['webhook'] } },
	},
];

/** Options for webhooks that resume this execution, and for triggers of other workflows. */
export const webhookOptions: INodeProperties[] = [
	...suspendOptions,
	{
		displayName: 'Register With Trigger',
		name: 'triggerUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://localhost:5678/webhook/…/video',
		description:
			"Production URL of a Lumenfall Trigger that polls registered videos, for a server without webhooks and without a list. The node sends it the video's ID. The URL need not be public, but this n8n must reach it.",
		displayOptions: { show: { '/waitMode': ['none'] } },
	},
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…/video',
		description:
			'Called by the server (Lumenfall, OpenRouter) when the video completes or fails. Use the production URL of a Lumenfall Trigger in another workflow.',
		displayOptions: { hide: { '/waitMode': ['webhook'] } },
	},
];
