import { OPENROUTER_URL } from '../nodes/Lumenfall/transport/dialects/openRouter/url';
import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * The test asks for what needs the key and costs nothing: the model lists of Lumenfall and OpenRouter are public, so there
 * it is the request history and what belongs to the key.
 */
const TEST_BASE_URL =
	'={{ $credentials.server === "openAiCompatible" ? $credentials.baseUrl.trim().replace(/\\/+$/, "") : $credentials.baseUrl.trim().replace(/(\\/openai)?\\/v1\\/*$/, "") + "/v1" }}';
const IS_OPENROUTER = `($credentials.requestFields === "openRouter" || ${String(OPENROUTER_URL)}.test($credentials.baseUrl.trim()))`;
const TEST_PATH = `={{ $credentials.server !== "openAiCompatible" ? "/requests?limit=1" : ${IS_OPENROUTER} ? "/key" : "/models" }}`;

const WRONG_KEY =
	'The server did not accept the API key. Check that it is complete and belongs to this server.';
const WRONG_ADDRESS =
	"'Base URL' leads to a server that does not know this API. For Lumenfall it is https://api.lumenfall.ai/openai/v1; other servers usually end in /v1.";

export class LumenfallApi implements ICredentialType {
	name = 'lumenfallApi';

	displayName = 'Lumenfall API';

	icon: Icon = { light: 'file:../icons/lumenfall.svg', dark: 'file:../icons/lumenfall.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-lumenfall/n8n-nodes-lumenfall#credential';

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
					description: 'Any server that speaks POST /v1/videos',
				},
			],
			default: 'lumenfall',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'For Lumenfall from lumenfall.ai/app/api_keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.lumenfall.ai/openai/v1',
			required: true,
			placeholder: 'e.g. https://api.lumenfall.ai/openai/v1',
			description: 'Everything in front of /videos. Change it only for another server.',
		},
		{
			displayName: 'Request Fields',
			name: 'requestFields',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description: 'Those of OpenRouter at openrouter.ai, those of OpenAI anywhere else',
				},
				{ name: 'OpenAI', value: 'openAi', description: 'Seconds, size, input_reference' },
				{
					name: 'OpenRouter',
					value: 'openRouter',
					description: 'Duration, resolution, aspect_ratio, frame_images, input_references',
				},
			],
			default: 'auto',
			description: 'How the server names what is in a request',
			displayOptions: { show: { server: ['openAiCompatible'] } },
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		// A redirect would take the key along to another host.
		request: { baseURL: TEST_BASE_URL, url: TEST_PATH, disableFollowRedirect: true },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: WRONG_KEY } },
			{ type: 'responseCode', properties: { value: 403, message: WRONG_KEY } },
			{ type: 'responseCode', properties: { value: 404, message: WRONG_ADDRESS } },
			{ type: 'responseCode', properties: { value: 405, message: WRONG_ADDRESS } },
			// A web page answers 200 too, but has no `data` field as all these answers do.
			{
				type: 'responseSuccessBody',
				properties: { key: 'data', value: undefined, message: WRONG_ADDRESS },
			},
		] as ICredentialTestRequest['rules'],
	};
}
