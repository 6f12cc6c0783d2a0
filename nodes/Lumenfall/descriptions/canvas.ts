import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/**
 * Texts on the canvas: expressions that n8n's editor evaluates without run data. They read the raw parameters, because
 * the value of a parameter that depends on an item is not available there and would throw.
 */

/**
 * The display names of the selected models. An entry of the list starts with the name. A model from an expression has
 * no name.
 */
const MODEL_NAMES = `[$rawParameter.toJSON()]
	.flatMap(({ model, models, modelIds }) => [model, ...(models?.model ?? []).map((row) => row.model), modelIds])
	.map((model) => (model?.mode === "list" && model.cachedResultName?.split(" · ")[0]) || (model?.value ?? model))
	.filter((name) => typeof name === "string" && name !== "" && !name.startsWith("="))`;

/**
 * Returns an expression for the operation and the models: `Text to Video · Sora 2`, `Get Many: Model`.
 * @param properties the form, which contains the names
 */
export function subtitleFor(properties: INodeProperties[]): string {
	return `={{ [(${JSON.stringify(operationNames(properties))})[$rawParameter.resource + "/" + $rawParameter.operation], ${MODEL_NAMES}.join(", ")].filter(Boolean).join(" · ") }}`;
}

/** The duration of the form. A storyboard has one per scene, so it is left out. */
const DURATION = `[$rawParameter.operation === "storyboard" ? 0 : Number($rawParameter.seconds)].filter((seconds) => seconds > 0).map((seconds) => seconds + " s of ")`;

const LATEST_END = `[Number($rawParameter.options?.parkMinutes ?? 60)].filter((minutes) => minutes > 0).map((minutes) => ", or " + minutes + " minutes after it was suspended")`;

/** Shown while the execution is suspended. An expression has no access to the video IDs or the start time. */
export const WAITING_TOOLTIP = `=Generating {{ ${DURATION}.join("") }}video{{ ${MODEL_NAMES}.map((name) => " with " + name).join("") }}. The execution resumes when all videos are finished{{ ${LATEST_END}.join("") }}.`;

/**
 * Returns the names by `resource/operation`. Operations with a model field are shortened, because the model follows.
 */
function operationNames(properties: INodeProperties[]): Record<string, string> {
	const [{ options: resources = [] }] = properties;
	return Object.fromEntries(
		(resources as INodePropertyOptions[]).flatMap((resource) =>
			operationsOf(properties, String(resource.value)).map(({ name, value }) => [
				`${String(resource.value)}/${String(value)}`,
				resource.value === 'video' && hasModel(properties, String(value))
					? name
					: `${name}: ${resource.name}`,
			]),
		),
	);
}

function operationsOf(properties: INodeProperties[], resource: string): INodePropertyOptions[] {
	const menu = properties.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return (menu?.options ?? []) as INodePropertyOptions[];
}

function hasModel(properties: INodeProperties[], operation: string): boolean {
	return properties.some(
		({ name, displayOptions }) =>
			['model', 'models'].includes(name) && displayOptions?.show?.operation?.includes(operation),
	);
}
