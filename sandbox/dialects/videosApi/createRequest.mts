import type { Job, JobRequest } from '../../jobs/job.mts';
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
const SMALLEST_SIDE = 16;
const LARGEST_SIDE = 4096;
const DEFAULT_SECONDS = 4;

/** Creates a reader of create requests with these rules. It throws the server's refusal. */
export function readerOf(rules: CreateRules): CreateReader {
	return async (body, findJob) => {
		if (rules.only && rules.only.encoding !== body.encoding) throw rules.only.refusal();
		return await new RequestReader(rules, body, findJob).read();
	};
}

/** Reads one create request. */
class RequestReader {
	/** The fields as the rules name them. */
	private readonly fields: Record<string, unknown>;
	private readonly refuse: (problem: Problem) => ApiError;

	constructor(
		private readonly rules: CreateRules,
		private readonly body: ReceivedBody,
		private readonly findJob: (id: string) => Job | undefined,
	) {
		const { flatten = (fields) => fields, refuse = refusePlainly } = rules;
		this.fields = flatten(nestedFields(body));
		this.refuse = refuse;
	}

	async read(): Promise<JobRequest> {
		const { rules, fields, refuse } = this;
		const prompt = this.text('prompt') ?? this.missing('prompt');
		const modelId = this.modelId();
		const model = anyModel(modelId);
		const body = { ...this.body, fields };
		const { image, otherImages } = await readImages(body, rules.images, refuse);
		const videos = await readVideos(body, rules.videos, refuse);
		const { size, frame } = this.shape(modelId, image ?? videos.at(0)?.video);
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
			seconds: this.seconds(modelId),
			size: size ?? `${frame.width}x${frame.height}`,
			image,
			otherImages,
			videos,
			...this.continuation(),
			body: this.body.fields,
			encoding: this.body.encoding,
		};
	}

	private modelId(): string {
		const { model } = this.rules;
		const id = this.text('model') ?? model?.default ?? this.missing('model');
		const message = model?.problem?.(id);
		if (message) throw this.refuse({ kind: 'value', field: 'model', message });
		return id;
	}

	private shape(modelId: string, input?: FrameSize): { size?: string; frame: FrameSize } {
		const names: ShapeFields = this.rules.shape ?? { size: 'size' };
		const textOf = (field: string | undefined) => (field ? this.text(field) : undefined);
		const size = textOf(names.size) ?? pixelsOf(this.fields, names);
		this.requireRange(size, names.size ?? 'size');
		const frame = freeFrameSize(anyModel(modelId), {
			size,
			aspectRatio: textOf(names.aspectRatio),
			resolution: textOf(names.resolution),
			image: input,
		});
		return { size, frame };
	}

	private requireRange(size: string | undefined, field: string): void {
		const sides = Object.values(parsePixels(size) ?? {});
		if (sides.every((side) => side >= SMALLEST_SIDE && side <= LARGEST_SIDE)) return;
		throw this.refuse({ kind: 'value', field, message: `size ${size} is out of range` });
	}

	private seconds(modelId: string): number {
		const { fields } = this;
		const { fields: names = ['seconds'], json, problem, ...rule } = this.rules.seconds ?? {};
		const name = names.find((one) => fields[one] !== undefined && fields[one] !== null) ?? names[0];
		const standard = typeof rule.default === 'function' ? rule.default(modelId) : rule.default;
		const value = fields[name] ?? standard ?? DEFAULT_SECONDS;
		if (this.body.encoding === 'json' && fields[name] !== undefined && json) {
			const wanted = json === 'text' ? 'string' : 'number';
			if (typeof value !== wanted) throw this.wrongType(name, value, wanted);
		}
		const seconds = value === '' || typeof value === 'object' ? NaN : Number(value);
		const message = seconds > 0 ? problem?.(seconds, modelId) : `${name} must be a positive number`;
		if (message) throw this.refuse({ kind: 'value', field: name, message });
		return seconds;
	}

	/** Returns the values that are different if the request continues the video of an earlier job. */
	private continuation(): Partial<JobRequest> {
		if (!this.rules.previousJob) return {};
		const { field, addedSeconds, maxTotalSeconds } = this.rules.previousJob;
		const refuse = (message: string) => this.refuse({ kind: 'value', field, message });
		const id = this.text(field);
		if (id === undefined) return {};
		const job = this.findJob(id);
		if (!job) throw refuse(`${field}: there is no video ${id}`);
		const video = sourceOf(job);
		const seconds = video.seconds + addedSeconds;
		if (seconds > maxTotalSeconds)
			throw refuse(`The video would be longer than ${maxTotalSeconds} seconds`);
		return {
			width: video.width,
			height: video.height,
			seconds,
			billedSeconds: addedSeconds,
			videos: [{ role: 'extend', video }],
		};
	}

	private text(field: string): string | undefined {
		const value = this.fields[field];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value === 'string') return value;
		throw this.wrongType(field, value, 'string');
	}

	private missing(field: string): never {
		throw this.refuse({ kind: 'missing', field, message: `${field} is required` });
	}

	private wrongType(field: string, value: unknown, wanted: string): ApiError {
		const message = `${field} must be a ${wanted}`;
		return this.refuse({ kind: 'type', field, message, got: typeof value, wanted });
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
