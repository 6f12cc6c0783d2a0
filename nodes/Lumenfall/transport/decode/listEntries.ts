import { z } from 'zod';
import type { ModelInfo } from '../../models/modelInfo';

const list = z.object({ data: z.array(z.unknown()) });

/** What each model of a list answer says of itself; entries that are no models are left out. */
export function modelsIn<Schema extends z.ZodTypeAny>(
	answer: unknown,
	modelObject: Schema,
	toFacts: (model: z.output<Schema>) => ModelInfo,
): ModelInfo[] {
	const entries = list.safeParse(answer).data?.data ?? [];
	return entries.flatMap((entry) => {
		const model = modelObject.safeParse(entry);
		return model.success ? [toFacts(model.data)] : [];
	});
}
