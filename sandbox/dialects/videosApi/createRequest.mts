import type { Job, JobRequest } from '../../jobs/jobs.mts';
import { freeFrameSize, parsePixels, type FrameSize } from '../../models/frameSize.mts';
import { anyModel, pricePerSecond } from '../../models/models.mts';
import { plainError, type ApiError } from '../../server/apiError.mts';
import { nestedFields, type ReceivedBody } from '../../server/readBody.mts';
import { sourceOf } from './changes.mts';
import type { CreateRules, Problem, ShapeFields } from './createRules.mts';
import { readImages, readVideos } from './inputMedia.mts';

/** Reads a create request. `findJob` finds the earlier jobs that the request may refer to. */
export type CreateReader = (
	body: ReceivedBody,
	findJob: (id: string) => Job | undefined,
) => Promise<JobRequest>;

/** Videos with smaller or larger sides are refused. */
const smallestSide = 16;
const largestSide = 4096;
const defaultSeconds = 4;

/** Creates a reader of create requests with these rules. It throws the server's refusal. */
export function readerOf(rules: CreateRules): CreateReader {
	const { refuse = refusePlainly, flatten = (fields) => fields } = rules;

	return async (body, findJob) => {
		if (rules.only && rules.only.encoding !== body.encoding) throw rules.only.refusal();
		const fields = flatten(nestedFields(body));
		const prompt = readText(fields, 'prompt') ?? missing('prompt');
		const modelId = readText(fields, 'model') ?? rules.model?.default ?? missing('model');
		const modelProblem = rules.model?.problem?.(modelId);
		if (modelProblem) throw refuse({ kind: 'value', field: 'model', message: modelProblem });

		const model = anyModel(modelId);
		const { image, otherImages } = await readImages({ ...body, fields }, rules.images, refuse);
		const videos = await readVideos({ ...body, fields }, rules.videos, refuse);
		const { size, frame } = readShape(fields, modelId, image ?? videos.at(0)?.video);
		const seconds = readSeconds(fields, modelId, body.encoding);
		const continued = readPreviousJob(fields, findJob);
		return {
			...frame,
			model: modelId,
			provider: model.providers[0],
			executedModel: model.id,
			usdPerSecond: pricePerSecond(model, {
				lines: Math.min(frame.width, frame.height),
				mode: image ? 'image-to-video' : 'text-to-video',
			}),
			prompt,
			seconds,
			size: size ?? `${frame.width}x${frame.height}`,
			image,
			otherImages,
			videos,
			...continued,
			body: body.fields,
			encoding: body.encoding,
		};
	};

	function readText(fields: Record<string, unknown>, field: string): string | undefined {
		const value = fields[field];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value === 'string') return value;
		throw wrongType(field, value, 'string');
	}

	function readSeconds(
		fields: Record<string, unknown>,
		model: string,
		encoding: ReceivedBody['encoding'],
	): number {
		const { fields: names = ['seconds'], json, problem, default: standard } = rules.seconds ?? {};
		const name = names.find((one) => fields[one] !== undefined && fields[one] !== null) ?? names[0];
		const fallback = typeof standard === 'function' ? standard(model) : standard;
		const value = fields[name] ?? fallback ?? defaultSeconds;
		if (encoding === 'json' && fields[name] !== undefined && json) {
			const wanted = json === 'text' ? 'string' : 'number';
			if (typeof value !== wanted) throw wrongType(name, value, wanted);
		}
		const seconds = value === '' || typeof value === 'object' ? NaN : Number(value);
		const message = seconds > 0 ? problem?.(seconds, model) : `${name} must be a positive number`;
		if (message) throw refuse({ kind: 'value', field: name, message });
		return seconds;
	}

	/** Returns the values that are different if the request continues the video of an earlier job. */
	function readPreviousJob(
		fields: Record<string, unknown>,
		findJob: (id: string) => Job | undefined,
	): Partial<JobRequest> {
		if (!rules.previousJob) return {};
		const { field, addedSeconds, maxTotalSeconds } = rules.previousJob;
		const id = readText(fields, field);
		if (id === undefined) return {};
		const job = findJob(id);
		if (!job) throw refuse({ kind: 'value', field, message: `${field}: there is no video ${id}` });
		const video = sourceOf(job);
		const { width, height } = video;
		const seconds = video.seconds + addedSeconds;
		if (seconds > maxTotalSeconds) {
			const message = `The video would be longer than ${maxTotalSeconds} seconds`;
			throw refuse({ kind: 'value', field, message });
		}
		return {
			width,
			height,
			seconds,
			billedSeconds: addedSeconds,
			videos: [{ role: 'extend', video }],
		};
	}

	function readShape(fields: Record<string, unknown>, modelId: string, input?: FrameSize) {
		const names: ShapeFields = rules.shape ?? { size: 'size' };
		const textOf = (field: string | undefined) => (field ? readText(fields, field) : undefined);
		const size = textOf(names.size) ?? pixelsOf(fields, names);
		requireRange(size, names.size ?? 'size');
		const frame = freeFrameSize(anyModel(modelId), {
			size,
			aspectRatio: textOf(names.aspectRatio),
			resolution: textOf(names.resolution),
			image: input,
		});
		return { size, frame };
	}

	function requireRange(size: string | undefined, field: string) {
		const sides = Object.values(parsePixels(size) ?? {});
		if (sides.every((side) => side >= smallestSide && side <= largestSide)) return;
		throw refuse({ kind: 'value', field, message: `size ${size} is out of range` });
	}

	function missing(field: string): never {
		throw refuse({ kind: 'missing', field, message: `${field} is required` });
	}

	function wrongType(field: string, value: unknown, wanted: string): ApiError {
		const message = `${field} must be a ${wanted}`;
		return refuse({ kind: 'type', field, message, got: typeof value, wanted });
	}
}

function pixelsOf(fields: Record<string, unknown>, { width, height }: ShapeFields) {
	const [across, down] = [width && fields[width], height && fields[height]];
	return across && down ? `${Number(across)}x${Number(down)}` : undefined;
}

function refusePlainly({ kind, field, message }: Problem): ApiError {
	const code = kind === 'missing' ? 'missing_required_parameter' : 'invalid_value';
	return plainError(400, message, { code, param: field });
}
