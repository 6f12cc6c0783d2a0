import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import type { WorkflowJson } from '../../instance/api.mts';
import { drawImage, openStage, probeVideo, waitFor } from './doors.mts';
import type { Stage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { outputOf } from './workflows.mts';

const folder = join(process.cwd(), 'examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
/** Two examples that work together. */
const pair = ['05-create-in-one-workflow.json', '06-continue-in-another.json'];

describe.each(VERSIONS)('the examples on n8n %s', (version) => {
	let stage: Stage;
	let album: Server;
	beforeAll(async () => {
		stage = await openStage(version, { renderer: 'real', jobSeconds: 3 });
		const imageFile = await drawImage();
		album = createServer((_, answer) =>
			answer.setHeader('content-type', 'image/png').end(imageFile),
		);
		await new Promise<void>((listening) => album.listen(0, '127.0.0.1', listening));
	});
	afterAll(() => void album.close());

	test.each(files.filter((file) => !pair.includes(file)))(
		'%s can be imported and executed, and its videos play',
		async (file) => {
			const { port } = album.address() as AddressInfo;
			const example = read(file, [
				'https://example.com/image.png',
				`http://127.0.0.1:${port}/image.png`,
			]);
			const execution = await stage.api.ended(await stage.run(example), 200);
			await expectVideos(outputOf(execution, lastNodeOf(example)));
		},
	);

	test(`${pair.join(' and ')} generate a video that plays`, async () => {
		const second = read('06-continue-in-another.json');
		const [trigger] = second.nodes;
		const secondId = await stage.api.addWorkflow(second);
		await stage.api.activate(secondId);
		const first = read('05-create-in-one-workflow.json', [
			'https://n8n.example.com/webhook/copy-from-lumenfall-trigger/video',
			`${stage.api.http.defaults.baseURL}/webhook/${trigger.webhookId}/video`,
		]);
		await stage.api.ended(await stage.run(first));

		const started = await waitFor('the second workflow', async () => {
			const [execution] = await stage.api.executions(secondId);
			return execution;
		});
		await expectVideos(outputOf(await stage.api.ended(started.id), trigger.name));
	});

	/** Reads the workflow as a user imports it, with one URL replaced by one on this computer. */
	function read(file: string, [there, here]: [string, string] = ['', '']): WorkflowJson {
		const text = readFileSync(join(folder, file), 'utf8').replace(there, here);
		return stage.withCredential(JSON.parse(text) as WorkflowJson);
	}

	async function expectVideos(items: INodeExecutionData[]) {
		expect(items.length).toBeGreaterThan(0);
		for (const { json, binary } of items) {
			const film = await probeVideo(await stage.api.download(binary!.data.id!));
			// A joined video has no job, so it has no status.
			if ('id' in json) expect(json.status).toBe('completed');
			expect(film).toMatchObject({ codec: 'h264', width: json.width, height: json.height });
		}
	}
});

/** Returns the last node. Sticky notes come after it in the list and do not run. */
function lastNodeOf({ nodes }: WorkflowJson): string {
	return nodes.filter(({ type }) => !type.endsWith('.stickyNote')).at(-1)!.name;
}
