import { cronNodeOptions, type INodeProperties } from 'n8n-workflow';
import { fileName, optionsCollection, outputBinaryField } from '../Lumenfall/descriptions/common';

/** Show a field for only one value of 'Notice Videos By'. */
const byWebhook = { show: { noticeBy: ['webhook'] } };
const byList = { show: { noticeBy: ['list'] } };
const byRegistration = { show: { noticeBy: ['registered'] } };
const byPolling = { show: { noticeBy: ['list', 'registered'] } };

/**
 * n8n's own field 'Poll Times' (`commonPollingParameters` of n8n-core), shown only if the trigger polls. n8n adds it to
 * every node with `polling: true`, whatever its parameters, and reads it from every node that has `poll()`.
 */
const pollTimes: INodeProperties[] = [
	{
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Poll Time' },
		default: { item: [{ mode: 'everyMinute' }] },
		description: 'Time at which polling should occur',
		placeholder: 'Add Poll Time',
		options: cronNodeOptions,
		displayOptions: byPolling,
	},
	{
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'hidden',
		default: { item: [] },
		description: 'Not shown: a trigger that waits for webhook calls does not poll',
		displayOptions: byWebhook,
	},
];

/** Replaces n8n's text, which sends the user to the website of the service. */
export const HOW_TO_TRY =
	"<b>While building your workflow</b>, select 'Execute step'. Then create a video in another workflow: copy the test URL of this trigger into an option of the Lumenfall node, 'Webhook URL' if the server calls n8n, or 'Register With Trigger' if the trigger polls registered videos. A trigger that polls the server's list gets the newest video and needs no URL.<br /><br /><b>Once you're happy with your workflow</b>, publish (activate) it, and use the production URL instead of the test URL.";

export const properties: INodeProperties[] = [
	{
		displayName: 'Notice Videos By',
		name: 'noticeBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Polling Registered Videos',
				value: 'registered',
				description:
					'Checks the videos that a Lumenfall node has registered, on a schedule. Works with all servers, without a public URL.',
			},
			{
				name: "Polling the Server's List",
				value: 'list',
				description:
					"Reads the server's list of videos on a schedule. Works with servers that have a list, without a public URL.",
			},
			{
				name: 'Webhook Call',
				value: 'webhook',
				description:
					'The server calls n8n. Works with Lumenfall and OpenRouter, if n8n has a public URL.',
			},
		],
		default: 'webhook',
		description: 'How n8n notices that a video has ended',
	},
	{
		displayName:
			"Copy the production URL above into the option 'Webhook URL' of the Lumenfall node that creates the videos. The webhook URL is set per request; the account has no setting for it. It must be a public HTTPS URL, for Lumenfall on port 443 or 8443.",
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: byWebhook,
	},
	{
		displayName:
			'The workflow starts for videos that end after you publish (activate) it, whoever created them. A video must end within 24 hours of its creation.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: byList,
	},
	{
		displayName:
			"Copy the production URL above into the option 'Register With Trigger' of the Lumenfall node, with 'Wait' set to 'Do Not Wait'. Any URL that this n8n can reach works. Both nodes must use the same credential.",
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: byRegistration,
	},
	...pollTimes,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Video Cancelled', value: 'video.cancelled' },
			{ name: 'Video Completed', value: 'video.completed' },
			{ name: 'Video Failed', value: 'video.failed' },
		],
		default: ['video.completed'],
		required: true,
		description: 'Events that start the workflow',
	},
	{
		displayName: 'Download Video',
		name: 'download',
		type: 'boolean',
		default: true,
		description: 'Whether to download the file of a completed video',
	},
	{
		...outputBinaryField,
		displayOptions: { show: { download: [true] } },
	},
	{
		...optionsCollection([fileName]),
		displayOptions: { show: { download: [true] } },
	},
];
