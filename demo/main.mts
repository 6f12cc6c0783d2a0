/**
 * The main job, for real: two example workflows run in n8n's own engine against the local sandbox, and end as MP4
 * files. Needs no key. Exit code 0 means that both videos were made, written and read back.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
	createEngine,
	type Engine,
	type RunOptions,
	type WorkflowJson,
} from '../engine/createEngine.mts';
import { createSandbox } from '../sandbox/createSandbox.mts';
import { probeVideo } from '../sandbox/renderer/probe.mts';
import { drawPaperBoat } from './picture.mts';
import { tableOf } from './table.mts';

const root = join(import.meta.dirname, '..');
const outputFolder = join(root, 'demo/output');

interface Example {
	file: string;
	/** The node whose output is the video. */
	node: string;
	pinData?: RunOptions['pinData'];
}

const examples: Example[] = [
	{ file: 'text-to-video.json', node: 'Text to Video' },
	{
		file: 'picture-to-video.json',
		node: 'Picture to Video',
		pinData: {
			'Get Picture': [
				{
					binary: {
						data: { data: drawPaperBoat(), mimeType: 'image/png', fileName: 'paper-boat.png' },
					},
				},
			],
		},
	},
];

const sandbox = await createSandbox({ jobSeconds: 8 });
const engine = await createEngine({
	credentials: {
		lumenfallApi: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl, server: 'lumenfall' },
	},
	onLog: ({ message }) => console.log(`  ${message}`),
});
console.log(
	`n8n's engine ${engine.core.version} is ready, the sandbox answers at ${sandbox.baseUrl}\n`,
);

try {
	await mkdir(outputFolder, { recursive: true });
	const rows = [];
	for (const example of examples) rows.push(await runExample(engine, example));
	const bill = sandbox.billing();
	console.log(
		`\n${tableOf(rows)}\n\nThe sandbox billed ${bill.jobs} videos, ${bill.usd.toFixed(2)} USD of play money.`,
	);
	if (bill.jobs !== examples.length)
		throw new Error('The number of billed videos is not the number of workflows.');
} finally {
	await engine.close();
	await sandbox.close();
}

async function runExample(
	engine: Engine,
	{ file, node, pinData }: Example,
): Promise<Record<string, string>> {
	const workflow = JSON.parse(await readFile(join(root, 'examples', file), 'utf8')) as WorkflowJson;
	console.log(`Running examples/${file}`);
	const result = await engine.run(impatient(workflow), { pinData });
	if (result.error)
		throw new Error(`${file}: ${result.error.message}\n${result.error.description ?? ''}`);

	const [{ json, binary }] = result.output(node);
	const bytes = await engine.readBinary(binary!.data);
	const path = join(outputFolder, binary!.data.fileName!);
	await writeFile(path, bytes);
	const { codec, width, height, seconds } = await probeVideo(path);
	return {
		operation: node,
		model: String(json.model),
		size: `${width}x${height} ${codec}`,
		seconds: String(seconds),
		cost: `${Number(json.cost).toFixed(2)} ${json.currency}`,
		file: relative(root, path),
	};
}

/** Looks at the job every second, so that there is progress to see; a user's workflow looks less often. */
function impatient(workflow: WorkflowJson): WorkflowJson {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => ({
			...node,
			parameters: {
				...node.parameters,
				...(node.parameters.options && { options: { firstPoll: 1, maxPollInterval: 1 } }),
			},
		})),
	};
}
