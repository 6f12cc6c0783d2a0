import { z } from 'zod';
import type { Durations, ModelInfo } from '../../../models/modelInfo';
import { slugOf } from '../../../models/profiles';
import { shortSideOf, ratioOf, sidesOf } from '../../../request/frameSize';
import type { Connection } from '../../connection';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { modelUrl } from './routes';

/**
 * Reads the parameter schema of a model, `GET /v1/models/{slug}?schema=true`. The response is not documented
 * (docs/protocols/lumenfall.md#model-list), so only the parts in JSON Schema notation are read, and the rest is
 * ignored.
 */

const limit = z.number().finite().optional().catch(undefined);
const property = z.object({
	enum: z.array(z.unknown()).optional().catch(undefined),
	type: z.unknown(),
	minimum: limit,
	maximum: limit,
	maxLength: limit,
	maxItems: limit,
});
type Property = z.output<typeof property>;

const properties = z.record(z.unknown());
const holder = z.object({ properties });

/**
 * The model pages have two names for the video parameter: docs/protocols/video-changes.md#lumenfalls-video-to-video.
 */
const VIDEO_PARAMETERS = ['video_url', 'input_video'];

/** Fields of the response that may contain the schema. */
const PLACES = ['schema', 'input_schema', 'parameters', 'parameter_schema'];

/** Returns the model info from a model's parameter schema. Empty if the server has none. */
export async function describeModel(
	server: Connection,
	model: string,
	timeoutMs: number,
): Promise<Partial<ModelInfo>> {
	const slug = slugOf(model);
	// A segment of dots would be a relative path.
	if (/^\.*$/.test(slug)) return {};
	const response = await server.get(modelUrl(server.baseUrl, slug), timeoutMs);
	return response.isSuccess ? decodeSchema(response.body) : {};
}

/** Returns the model info from a schema. Empty if the notation is unknown. */
export function decodeSchema(response: unknown): Partial<ModelInfo> {
	const record = z.record(z.unknown()).safeParse(response);
	const places = record.success ? [record.data, ...PLACES.map((name) => record.data[name])] : [];
	const found = places
		.map((place) => holder.safeParse(place))
		.find((parsed) => parsed.success)?.data;
	if (!found) return {};

	const read = (...names: string[]): Property | undefined => {
		const name = names.find((one) => one in found.properties);
		return name === undefined ? undefined : property.safeParse(found.properties[name]).data;
	};
	const { maxLength } = read('prompt') ?? {};
	const { maxItems } = read('input_reference') ?? {};
	return withoutUndefined<Partial<ModelInfo>>({
		seconds: durationsOf(read('seconds', 'duration')),
		aspectRatios: allOf(read('aspect_ratio'), (value) => ratioOf(value) !== undefined),
		resolutions: allOf(read('resolution'), (value) => shortSideOf(value) !== undefined),
		// Tokens, not pixel sizes: docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution.
		sizeTokens: allOf(read('size'), (value) => sidesOf(value) !== undefined),
		maxPromptLength: maxLength !== undefined && maxLength > 0 ? maxLength : undefined,
		images: maxItems !== undefined && maxItems > 0 ? { max: maxItems } : undefined,
		videoParameters: videoParametersIn(found.properties),
	});
}

function videoParametersIn(known: Record<string, unknown>): string[] | undefined {
	const names = VIDEO_PARAMETERS.filter((name) => name in known);
	return names.length > 0 ? names : undefined;
}

function durationsOf(field: Property | undefined): Durations | undefined {
	if (!field) return undefined;
	const values = (field.enum ?? []).map(Number).filter((value) => value > 0);
	if (values.length > 0) return values.length === field.enum?.length ? { values } : undefined;

	const { minimum: min, maximum: max } = field;
	if (!(max !== undefined && max > 0) || (min ?? 0) > max) return undefined;
	return withoutUndefined<Durations>({ min, max, whole: field.type === 'integer' || undefined });
}

/**
 * Returns the choices of a parameter, without `auto`. A choice of another kind, such as the tier `1K`, may stand for
 * values that are not in the list. The list is then incomplete, so the result is undefined.
 */
function allOf(
	field: Property | undefined,
	isKnown: (value: string) => boolean,
): string[] | undefined {
	const values = (field?.enum ?? []).map(String).filter((value) => value !== 'auto');
	return values.length > 0 && values.every(isKnown) ? values : undefined;
}
