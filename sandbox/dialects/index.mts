import { createDialect } from './videosApi/createDialect.mts';
import { cometapi, deepinfra, gemini, merge, poe, together, xai } from './servers/hosted.mts';
import { bifrost, jsonOnly, litellm, newapi, relay } from './servers/proxies.mts';
import { aibrix, dynamo, fastvideo, sglang, stdapi, vllmOmni } from './servers/selfHosted.mts';
import type { ServerSpec } from './videosApi/serverSpec.mts';
import type { Dialect } from './dialect.mts';
import { lumenfall } from './lumenfall/dialect.mts';
import { azure } from './openai/azure.mts';
import { openai } from './openai/dialect.mts';
import { openrouter } from './openrouter/dialect.mts';

const compatible = {
	aibrix,
	bifrost,
	cometapi,
	deepinfra,
	dynamo,
	fastvideo,
	gemini,
	'json-only': jsonOnly,
	litellm,
	merge,
	newapi,
	poe,
	relay,
	sglang,
	stdapi,
	together,
	'vllm-omni': vllmOmni,
	xai,
} satisfies Record<string, ServerSpec>;

export type DialectName = 'lumenfall' | 'openai' | 'openrouter' | 'azure' | keyof typeof compatible;

/** All servers that the sandbox can imitate. */
export const dialects: Record<DialectName, Dialect> = {
	lumenfall,
	openai,
	openrouter,
	azure,
	...(Object.fromEntries(
		Object.entries(compatible).map(([name, spec]) => [name, createDialect(spec)]),
	) as Record<keyof typeof compatible, Dialect>),
};
