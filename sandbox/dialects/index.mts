import type { Dialect } from './dialect.mts';
import { azure } from './compatible/azure.mts';
import { litellm } from './compatible/litellm.mts';
import { lumenfall } from './lumenfall/dialect.mts';
import { newapi } from './compatible/newapi.mts';
import { openai } from './openai/dialect.mts';
import { openrouter } from './openrouter/dialect.mts';
import { sglang } from './compatible/sglang.mts';
import { stdapi } from './compatible/stdapi.mts';
import { vllmOmni } from './compatible/vllmOmni.mts';

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
