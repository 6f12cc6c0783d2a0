import { byId } from '../engine/stage.mts';
import type { Server } from './server.mts';

const SORA = { model: byId('sora-2'), seconds: 4, resolution: '720p' };

/** Every kind of server that the sandbox supports, in the order of the page. */
export const SERVERS: Server[] = [
	{ name: 'Lumenfall', dialect: 'lumenfall', baseUrl: 'https://api.lumenfall.ai/openai/v1' },
	{
		name: 'OpenRouter',
		dialect: 'openrouter',
		baseUrl: 'https://openrouter.ai/api/v1',
	},
	{
		name: "OpenAI's contract",
		dialect: 'openai',
		baseUrl: 'https://<host>/v1',
		form: SORA,
	},
	{
		name: 'Azure OpenAI',
		dialect: 'azure',
		baseUrl: 'https://<resource>.openai.azure.com/openai/v1',
		form: SORA,
	},
	{ name: 'LiteLLM', dialect: 'litellm', baseUrl: 'http://<host>:4000/v1' },
	{ name: 'vLLM-Omni', dialect: 'vllm-omni', baseUrl: 'http://<host>:8000/v1' },
	{ name: 'AIBrix', dialect: 'aibrix', baseUrl: 'http://<host>/v1' },
	{ name: 'SGLang', dialect: 'sglang', baseUrl: 'http://<host>:30000/v1' },
	{ name: 'FastVideo', dialect: 'fastvideo', baseUrl: 'http://<host>:8000/v1' },
	{ name: 'NVIDIA Dynamo', dialect: 'dynamo', baseUrl: 'http://<host>:8000/v1' },
	{ name: 'stdapi.ai', dialect: 'stdapi', baseUrl: 'https://<host>/v1' },
	{ name: 'new-api', dialect: 'newapi', baseUrl: 'https://<host>/v1' },
	{ name: 'A relay with `data: […]`', dialect: 'relay', baseUrl: 'https://<host>/v1' },
	{
		name: 'Bifrost',
		dialect: 'bifrost',
		baseUrl: 'http://<host>:8080/v1',
		form: { ...SORA, model: byId('openai/sora-2') },
	},
	{ name: 'CometAPI', dialect: 'cometapi', baseUrl: 'https://api.cometapi.com/v1' },
	{
		name: 'DeepInfra',
		dialect: 'deepinfra',
		baseUrl: 'https://api.deepinfra.com/v1/openai',
		form: { resolution: 'modelDefault' },
	},
	{
		name: 'Gemini',
		dialect: 'gemini',
		baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
		form: { seconds: 4 },
	},
	{
		name: 'Merge Gateway',
		dialect: 'merge',
		baseUrl: 'https://<host>/v1',
	},
	{ name: 'Poe', dialect: 'poe', baseUrl: 'https://api.poe.com/v1' },
	{
		name: 'Together',
		dialect: 'together',
		baseUrl: 'https://api.together.ai/v2',
	},
	{ name: "xAI's responses behind `/videos`", dialect: 'xai', baseUrl: 'https://<host>/v1' },
	{ name: 'A server that accepts JSON only', dialect: 'json-only', baseUrl: 'https://<host>/v1' },
];
