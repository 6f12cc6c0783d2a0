import { OPENROUTER_URL } from '../nodes/Lumenfall/transport/dialects/openRouter/names';
import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * The test sends a free request that requires the key. The model lists of Lumenfall and OpenRouter are public, so it
 * reads the request history (Lumenfall) or the details of the key (OpenRouter).
 */
const TEST_BASE_URL =
	'={{ $credentials.server === "openAiCompatible" ? $credentials.baseUrl.trim().replace(/\\/+$/, "") : $credentials.baseUrl.trim().replace(/(\\/openai)?\\/v1\\/*$/, "") + "/v1" }}';
const IS_OPENROUTER = `($credentials.requestFields === "openRouter" || ${String(OPENROUTER_URL)}.test($credentials.baseUrl.trim()))`;
const TEST_PATH = `={{ $credentials.server !== "openAiCompatible" ? "/requests?limit=1" : ${IS_OPENROUTER} ? "/key" : "/models" }}`;

const INVALID_API_KEY =
	'The server did not accept the API key. Check that it is complete and belongs to this server.';
const INVALID_BASE_URL =
	"'Base URL' does not point to a video API. For Lumenfall, enter https://api.lumenfall.ai/openai/v1. For other servers, the URL usually ends in /v1.";

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
					description: 'Any server that supports POST /v1/videos',
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
			description: 'API key of the server. For Lumenfall, create one at lumenfall.ai/app/api_keys.',
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
						'The names of the server behind the base URL, if they are known. OpenAI otherwise.',
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
				'Signing secret from the workspace settings of OpenRouter. With it, n8n accepts signed webhooks only. Without it, n8n asks the API about each webhook.',
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
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
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
			{ type: 'responseCode', properties: { value: 401, message: INVALID_API_KEY } },
			{ type: 'responseCode', properties: { value: 403, message: INVALID_API_KEY } },
			{ type: 'responseCode', properties: { value: 404, message: INVALID_BASE_URL } },
			{ type: 'responseCode', properties: { value: 405, message: INVALID_BASE_URL } },
			// A web page also returns 200, but it has no `data` field. All these responses do.
			{
				type: 'responseSuccessBody',
				properties: { key: 'data', value: undefined, message: INVALID_BASE_URL },
			},
		] as ICredentialTestRequest['rules'],
	};
}
