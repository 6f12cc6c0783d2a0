import { OPENROUTER_URL } from '../nodes/Lumenfall/transport/dialects/knownHosts';
import {
	AFTER_KEY,
	AROUND_URL,
	BEFORE_HOST,
	BEFORE_KEY,
	ENDPOINT,
} from '../nodes/Lumenfall/transport/typedCredential';
import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** The key as it is sent. */
const API_KEY = `$credentials.apiKey.replace(${String(BEFORE_KEY)}, "").replace(${String(AFTER_KEY)}, "")`;
/** The base URL without what has one meaning only. */
const BASE_URL = `$credentials.baseUrl.replace(${String(AROUND_URL)}, "").replace(${String(BEFORE_HOST)}, "https://").replace(/\\/+$/, "").replace(${String(ENDPOINT)}, "")`;

/**
 * The test sends a free request that requires the key. The model lists of Lumenfall and OpenRouter are public, so it
 * reads the request history (Lumenfall) or the details of the key (OpenRouter).
 */
const TEST_BASE_URL = String.raw`={{ $credentials.server === "openAiCompatible" ? ${BASE_URL} : ${BASE_URL}.replace(/(\/openai)?(\/v1)?$/, "") + "/v1" }}`;
const IS_OPENROUTER = `($credentials.requestFields === "openRouter" || ${String(OPENROUTER_URL)}.test(${BASE_URL}))`;
const TEST_PATH = `={{ $credentials.server !== "openAiCompatible" ? "/requests?limit=1" : ${IS_OPENROUTER} ? "/key" : "/models" }}`;

const INVALID_API_KEY =
	'The server did not accept the API key. Check that it is complete and belongs to this server.';
/** Google's servers return 400 for a wrong key. */
const BAD_REQUEST =
	"The server refused the request. Check that the API key is complete and belongs to this server, and check 'Base URL'.";
const ACCESS_DENIED =
	'The server knows the API key, but does not allow it to be used here. Check in your account at the server what the key may do.';
const INVALID_BASE_URL =
	"'Base URL' does not point to a video API. For Lumenfall, enter https://api.lumenfall.ai/openai/v1. For other servers, the URL usually ends in /v1.";
const NO_MODEL_LIST = `${INVALID_BASE_URL} A few servers have no model list in OpenAI's format, which this test reads. If yours is one of them and the URL is right, the credential works.`;
const REDIRECTED =
	"The server redirects to another URL. Enter that URL in 'Base URL'. Common reasons are http:// instead of https://, or another host name.";
const BUSY = 'The server receives too many requests. Test the credential again in a minute.';

/** A rule for each status, because n8n otherwise shows only its name. */
const STATUS_MESSAGES: Array<[statuses: number[], message: string]> = [
	[[400], BAD_REQUEST],
	[[401], INVALID_API_KEY],
	[[403], ACCESS_DENIED],
	[[404], NO_MODEL_LIST],
	[[405], INVALID_BASE_URL],
	[[301, 302, 303, 307, 308], REDIRECTED],
	[[429], BUSY],
];
/** From 520 on, Cloudflare could not reach the server. */
const SERVER_ERRORS = [500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530];

export class LumenfallApi implements ICredentialType {
	name = 'lumenfallApi';

	displayName = 'Lumenfall API';

	icon: Icon = { light: 'file:../icons/lumenfall.svg', dark: 'file:../icons/lumenfall.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-lumenfall/n8n-nodes-lumenfall#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Server',
			name: 'server',
			type: 'options',
			options: [
				{ name: 'Lumenfall', value: 'lumenfall' },
				{
					name: 'OpenAI Compatible',
					value: 'openAiCompatible',
					description: "Any other server with OpenAI's API for videos, such as OpenRouter",
				},
			],
			default: 'lumenfall',
			description: 'Server that receives the requests',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'API key of the server. For Lumenfall, <a href="https://lumenfall.ai/app/api_keys" target="_blank">create one in your account</a>.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.lumenfall.ai/openai/v1',
			required: true,
			placeholder: 'e.g. https://api.lumenfall.ai/openai/v1',
			description: 'URL of the API, without /videos at the end. Change it only for another server.',
		},
		{
			displayName: 'Request Format',
			name: 'requestFields',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description:
						"The field names of the server at 'Base URL' if they are known, OpenAI's otherwise",
				},
				{
					name: 'DeepInfra',
					value: 'deepInfra',
					description: 'Uses seconds and aspect_ratio. No images.',
				},
				{
					name: 'Gemini',
					value: 'gemini',
					description: 'Uses duration_seconds, aspect_ratio, resolution and input_reference',
				},
				{
					name: 'Merge Gateway',
					value: 'mergeGateway',
					description: 'Uses seconds, aspect_ratio, a resolution in size, and input_reference',
				},
				{ name: 'OpenAI', value: 'openAi', description: 'Uses seconds, size and input_reference' },
				{
					name: 'OpenRouter',
					value: 'openRouter',
					description: 'Uses duration, resolution, aspect_ratio, frame_images and input_references',
				},
				{
					name: 'Together',
					value: 'together',
					description: 'Uses seconds, width, height, ratio, frame_images and reference_images',
				},
			],
			default: 'auto',
			description: 'Field names that the server expects',
			displayOptions: { show: { server: ['openAiCompatible'] } },
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Signing secret from the workspace settings of OpenRouter. With it, n8n accepts signed webhook calls only. Without it, n8n asks the API after each call.',
			displayOptions: {
				show: { server: ['openAiCompatible'], requestFields: ['auto', 'openRouter'] },
			},
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if SSL certificate validation is not possible',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: `=Bearer {{ ${API_KEY} }}` } },
	};

	test: ICredentialTestRequest = {
		// A redirect would send the key to another host.
		request: {
			baseURL: TEST_BASE_URL,
			url: TEST_PATH,
			disableFollowRedirect: true,
			skipSslCertificateValidation: '={{ $credentials.ignoreSslIssues === true }}',
		},
		rules: [
			...STATUS_MESSAGES.flatMap(([statuses, message]) =>
				statuses.map((value) => ({ type: 'responseCode', properties: { value, message } })),
			),
			...SERVER_ERRORS.map((value) => ({
				type: 'responseCode',
				properties: {
					value,
					message: `The server could not answer (HTTP ${value}). Test the credential again in a few minutes.`,
				},
			})),
			// A web page may return 200 too. Unlike almost every model list, it has no `data`.
			{
				type: 'responseSuccessBody',
				properties: { key: 'data', value: undefined, message: NO_MODEL_LIST },
			},
		] as ICredentialTestRequest['rules'],
	};
}
