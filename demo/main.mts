/**
 * Runs the example workflows in n8n's own engine against the local sandbox, and writes the videos as MP4 files. Needs
 * no API key. Exit code 0 means that every video was generated, written and read back.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import {
	createEngine,
	type Engine,
	type RunOptions,
	type WorkflowJson,
} from '../engine/createEngine.mts';
import { createSandbox } from '../sandbox/createSandbox.mts';
import { probeVideo } from '../sandbox/renderer/probe.mts';
import { drawPaperBoat } from './image.mts';
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
	{ file: '01-text-to-video.json', node: 'Text to Video' },
	{
		file: '02-image-to-video.json',
		node: 'Image to Video',
		pinData: {
			'Get Image': [
				{
					binary: {
						data: { data: drawPaperBoat(), mimeType: 'image/png', fileName: 'paper-boat.png' },
					},
				},
			],
		},
	},
	{ file: '03-compare-models.json', node: 'Compare Models' },
	{ file: '08-storyboard.json', node: 'Storyboard' },
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
	for (const example of examples) rows.push(...(await runExample(engine, example)));
	const bill = sandbox.billing();
	console.log(
		`\n${tableOf(rows)}\n\nThe sandbox billed ${bill.jobs} videos, ${bill.usd.toFixed(2)} USD of play money.`,
	);
	const expected = rows.reduce((sum, { videos }) => sum + Number(videos), 0);
	if (bill.jobs !== expected)
		throw new Error(`The files consist of ${expected} videos, but ${bill.jobs} were billed.`);
} finally {
	await engine.close();
	await sandbox.close();
}

async function runExample(
	engine: Engine,
	{ file, node, pinData }: Example,
): Promise<Array<Record<string, string>>> {
	const workflow = JSON.parse(await readFile(join(root, 'examples', file), 'utf8')) as WorkflowJson;
	console.log(`Running examples/${file}`);
	const result = await engine.run(withFrequentChecks(workflow), { pinData });
	if (result.error)
		throw new Error(`${file}: ${result.error.message}\n${result.error.description ?? ''}`);

	const rows = [];
	for (const { json, binary = {} } of result.output(node)) {
		if (binary.page)
			console.log(`  The page is ${relative(root, await write(engine, binary.page))}`);
		const path = await write(engine, binary.data);
		const { codec, width, height, seconds } = await probeVideo(path);
		rows.push({
			operation: node,
			model: json.model as string,
			size: `${width}x${height} ${codec}`,
			seconds: String(seconds),
			videos: String(videosIn(json)),
			cost: `${Number(json.cost).toFixed(2)} ${json.currency as string}`,
			file: relative(root, path),
		});
	}
	return rows;
}

/** The number of paid videos that a file consists of. */
function videosIn({ scenes }: IDataObject): number {
	return Array.isArray(scenes) ? scenes.length : 1;
}

async function write(engine: Engine, binary: IBinaryData): Promise<string> {
	const path = join(outputFolder, binary.fileName!);
	await writeFile(path, await engine.readBinary(binary));
	return path;
}

/** Checks the job every second, so that progress is visible. Workflows of users check less often. */
function withFrequentChecks(workflow: WorkflowJson): WorkflowJson {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => ({
			...node,
			parameters: {
				...node.parameters,
				...(node.parameters.options && {
					options: { ...(node.parameters.options as object), firstPoll: 1, maxPollInterval: 1 },
				}),
			},
		})),
	};
}
