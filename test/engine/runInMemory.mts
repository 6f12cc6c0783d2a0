import { createEngine } from '../../engine/createEngine.mts';
import type { CoreName, WorkflowJson } from '../../engine/types.mts';

/**
 * Runs a workflow once in a process of its own, on an n8n that keeps files in memory. Prints the error message:
 * `node runInMemory.mts <core> <base URL> <workflow as JSON>`.
 */
const [core, baseUrl, workflow] = process.argv.slice(2);
const lumenfallApi = { apiKey: 'sk-test-0123456789', baseUrl, server: 'openAiCompatible' };
const engine = await createEngine({
	core: core as CoreName,
	credentials: { lumenfallApi },
	binaryMode: 'default',
});
const { error } = await engine.run(JSON.parse(workflow) as WorkflowJson, {
	pinData: { Start: [{ json: {} }] },
});
await engine.close();
process.stdout.write(JSON.stringify({ message: error?.message }));
