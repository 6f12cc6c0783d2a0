import type { INodeProperties } from 'n8n-workflow';

export const ifCannotPark: INodeProperties = {
	displayName: 'If Parking Is Impossible',
	name: 'ifCannotPark',
	type: 'options',
	options: [
		{
			name: 'Stop Before Ordering',
			value: 'error',
			description: 'The item fails and says what is missing; nothing is spent',
		},
		{
			name: 'Wait in the Running Execution',
			value: 'poll',
			description: 'As if the wait were Until the Video Is Ready',
		},
	],
	default: 'error',
	description:
		'What to do where the server cannot call n8n: no public address, another server, or used as the tool of an agent',
	displayOptions: { show: { '/waitMode': ['webhook'] } },
};

export const parkMinutes: INodeProperties = {
	displayName: 'Parked for at Most (Minutes)',
	name: 'parkMinutes',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10_080 },
	default: 60,
	description:
		'When the execution goes on without a call. The next node then receives the IDs, and Wait can pick them up.',
	displayOptions: { show: { '/waitMode': ['webhook'] } },
};

export const webhookUrl: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…/video',
	description:
		'Where the server calls when the video has ended: the address of a Lumenfall Trigger in another workflow. Lumenfall only.',
	displayOptions: { hide: { '/waitMode': ['webhook'] } },
};
