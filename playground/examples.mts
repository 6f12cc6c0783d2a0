import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialJson, N8nApi, WorkflowJson } from '../instance/types.mts';

const FOLDER = join(import.meta.dirname, '../examples');
const TRIGGER = 'n8n-nodes-lumenfall.lumenfallTrigger';

/** Returns the files of the example workflows, in order. */
function listExamples(): string[] {
	return readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

/** The environment that an example needs. */
interface Surroundings {
	/** URL of n8n. */
	n8nUrl: string;
	/** An image that the examples may download. */
	imageUrl: string;
	/** The credentials of the example's nodes, by type. */
	credentials: Record<string, CredentialJson>;
}

/** Reads the workflow as a user imports it, set up for this environment. */
function readExample(file: string, { n8nUrl, imageUrl, credentials }: Surroundings): WorkflowJson {
	const text = readFileSync(join(FOLDER, file), 'utf8')
		.replaceAll('https://example.com/image.png', imageUrl)
		.replaceAll(
			'https://n8n.example.com/webhook/copy-from-lumenfall-trigger/video',
			webhookUrl(n8nUrl),
		);
	const workflow = JSON.parse(text) as WorkflowJson;
	return { ...workflow, nodes: workflow.nodes.map((node) => withCredentials(node, credentials)) };
}

/** Imports the examples that do not exist yet, and activates the one that a webhook starts. */
export async function importExamples(api: N8nApi, surroundings: Surroundings): Promise<number> {
	const names = (await api.workflows()).map(({ name }) => name);
	const examples = listExamples().map((file) => readExample(file, surroundings));
	const missing = examples.filter(({ name }) => !names.includes(name));
	for (const example of missing) {
		const id = await api.addWorkflow(example);
		if (example.nodes.some(({ type }) => type === TRIGGER)) await api.activate(id);
	}
	return missing.length;
}

function withCredentials(
	node: WorkflowJson['nodes'][number],
	available: Surroundings['credentials'],
): WorkflowJson['nodes'][number] {
	if (!node.credentials) return node;
	const credentials = Object.fromEntries(
		Object.keys(node.credentials)
			.filter((type) => type in available)
			.map((type) => [type, { id: available[type].id, name: available[type].name }]),
	);
	return { ...node, credentials };
}

/** Returns the URL of the trigger that the examples share. */
function webhookUrl(n8nUrl: string): string {
	const [trigger] = listExamples()
		.flatMap((file) => (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson).nodes)
		.filter(({ type }) => type === TRIGGER);
	return `${n8nUrl}/webhook/${trigger.webhookId}/video`;
}
