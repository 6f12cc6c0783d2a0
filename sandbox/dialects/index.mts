import type { Dialect } from '../world.mts';
import { azure } from './azure.mts';
import { litellm } from './litellm.mts';
import { lumenfall } from './lumenfall.mts';
import { newapi } from './newapi.mts';
import { openai } from './openai.mts';
import { openrouter } from './openrouter.mts';
import { sglang } from './sglang.mts';
import { stdapi } from './stdapi.mts';
import { vllmOmni } from './vllmOmni.mts';

/** Every server that the sandbox can be. */
export const dialects = {
	lumenfall,
	openai,
	azure,
	litellm,
	newapi,
	openrouter,
	sglang,
	stdapi,
	'vllm-omni': vllmOmni,
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
