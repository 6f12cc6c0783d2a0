import type { Model } from './model.mts';
import { allModels, textAndImage } from './modelTable.mts';

export type { Model } from './model.mts';

/** Whether the gateway routes a model. A retired one is unknown to it. */
export type ModelState = 'present' | 'disabled' | 'retired';

/** Returns all models of the sandbox. */
export function listModels(): Model[] {
	return allModels;
}

/** Finds a model by slug or alias. */
export function findModel(slug: string): Model | undefined {
	return allModels.find(({ id, aliases }) => id === slug || aliases.includes(slug));
}

/** Like `findModel`, but also accepts `provider/slug`, which restricts the model to that provider. */
export function findRoute(slug: string): Model | undefined {
	const [, provider, name] = /^([^/]+)\/(.+)$/.exec(slug) ?? [undefined, undefined, slug];
	const model = findModel(name);
	if (!model || provider === undefined) return model;
	return model.providers.includes(provider) ? { ...model, providers: [provider] } : undefined;
}

/**
 * Returns the model of that name, or one without limits, because self-hosted servers use any model names. So an unknown
 * provider counts as part of the name here, and not as an error.
 */
export function anyModel(slug: string): Model {
	return (
		findRoute(slug) ?? {
			id: slug,
			name: slug,
			creator: 'somebody',
			providers: ['somebody'],
			prices: [{ usdPerSecond: 0.1 }],
			maxSeconds: Infinity,
			modes: textAndImage,
			ratios: ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'],
			tiers: [480, 720, 1080],
			aliases: [],
		}
	);
}

/** Returns the slug that a misspelled one probably means. */
export function similarModel(slug: string): string | undefined {
	const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
	return allModels.find(({ id }) => plain(slug).startsWith(plain(id).slice(0, 4)))?.id;
}

/** Returns the price per second of this video in USD, at the provider that makes it. */
export function pricePerSecond(
	model: Model,
	{ lines, mode, sound = true }: { lines: number; mode: string; sound?: boolean },
): number {
	const hasSound = model.sound === 'on-demand' ? sound : true;
	const [provider] = model.providers;
	const price = model.prices.find(
		(tier) =>
			(tier.provider ?? provider) === provider &&
			lines <= (tier.lines ?? lines) &&
			(tier.sound ?? hasSound) === hasSound &&
			(tier.mode ?? mode) === mode,
	);
	return price!.usdPerSecond;
}

/** Returns the lowest price of all providers, as shown on model pages. */
export function startingPrice({ prices }: Model): number {
	return Math.min(...prices.map(({ usdPerSecond }) => usdPerSecond));
}

/** Returns the reason why a model does not support this duration. Undefined if it does. */
export function durationProblem(model: Model, seconds: number): string | undefined {
	const { id, maxSeconds, minSeconds = 0, lengths, wholeSeconds } = model;
	if (lengths && !lengths.includes(seconds))
		return `${id} makes videos of ${lengths.join(', ')} seconds`;
	if (wholeSeconds && !Number.isInteger(seconds)) return `${id} makes whole seconds only`;
	if (seconds <= 0 || seconds > maxSeconds)
		return `${id} makes videos of up to ${maxSeconds} seconds`;
	return seconds < minSeconds ? `${id} makes videos from ${minSeconds} seconds` : undefined;
}

/** Reports whether the output of a model is a video. */
export function makesVideo({ modes }: Model): boolean {
	return modes.some((mode) => mode.includes('video'));
}
