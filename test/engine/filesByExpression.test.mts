import type { PinnedItem, WorkflowJson } from '../../engine/createEngine.mts';
import { encoded, quarters } from '../support/images.mts';
import { CORES, NODE, onlyItem, openStage, small, type Stage } from './stage.mts';

const PNG = encoded(quarters(64, 36), 'image/png');
const FILE = { data: PNG, mimeType: 'image/png', fileName: 'boat.png' };
const WITH_FILE: PinnedItem[] = [{ json: { field: 'data' }, binary: { data: FILE } }];
const BETWEEN = 'Prepare';
const IN_JSON = ['={{ $json.photo }}', '={{ $json.form.photo }}'];
/** n8n 1 has no combined mode: a name there is always that of a binary field. */
const NAMES_IN_JSON = ['photo', 'form.photo'];

/** The trigger has the file. A node behind it passes on an item without one, unless it is left out. */
function workflowOf(stage: Stage, image: string, hasNodeBetween: boolean): WorkflowJson {
	const form = { operation: 'imageToVideo', aspectRatio: '16:9', waitMode: 'none' };
	const workflow = stage.workflow(small({ ...form, binaryPropertyName: image }));
	if (!hasNodeBetween) return workflow;
	const [start] = workflow.nodes;
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	return {
		...workflow,
		nodes: [
			...workflow.nodes,
			{ ...start, id: BETWEEN, name: BETWEEN, type: 'n8n-nodes-base.noOp' },
		],
		connections: { Start: to(BETWEEN), [BETWEEN]: to(NODE) },
		pinData: { [BETWEEN]: [{ json: {}, pairedItem: { item: 0 } }] },
	};
}

describe.each(CORES)('a file by expression on %s', (core) => {
	describe.each(['filesystem', 'default'] as const)('with files in the %s mode', (binaryMode) => {
		let stage: Stage;
		beforeAll(
			async () =>
				(stage = await openStage(core, { dialect: 'sglang', renderer: 'tiny' }, { binaryMode })),
		);
		afterAll(async () => await stage.close());
		afterEach(async () => await stage.sandbox.reset());

		const sent = async (workflow: WorkflowJson, pinned = WITH_FILE) => {
			const result = await stage.engine.run(workflow, { pinData: { Start: pinned } });
			onlyItem(result);
			return stage.sandbox.jobs()[0].image?.bytes;
		};

		test.each([
			'data',
			'={{ $json.field }}',
			'={{ $binary.data }}',
			'={{ $input.item.binary.data }}',
			"={{ $('Start').item.binary.data }}",
			'={{ $node["Start"].binary.data }}',
		])("%s: the item's own file", async (image) => {
			expect(await sent(workflowOf(stage, image, false))).toBe(PNG.length);
		});

		test.each([
			"={{ $('Start').item.binary.data }}",
			"={{ $('Start').first().binary.data }}",
			"={{ $('Start').all()[0].binary.data }}",
			"={{ $('Start').item.binary }}",
			"={{ $('Start').item }}",
		])('%s: the file of another node', async (image) => {
			expect(await sent(workflowOf(stage, image, true))).toBe(PNG.length);
		});

		test.each([...IN_JSON, ...(core === 'n8n-1' ? [] : NAMES_IN_JSON)])(
			"%s: a file in the item's JSON, as in n8n's combined binary mode",
			async (image) => {
				const photo = { ...FILE, data: PNG.toString('base64') };
				const workflow = workflowOf(stage, image, false);
				const settings = { ...workflow.settings, binaryMode: 'combined' as const };
				expect(await sent({ ...workflow, settings }, [{ json: { photo, form: { photo } } }])).toBe(
					PNG.length,
				);
			},
		);

		test('a file that is not there is refused by the name of the field, and nothing is created', async () => {
			const workflow = workflowOf(stage, "={{ $('Start').item.binary.other }}", true);
			const result = await stage.engine.run(workflow, { pinData: { Start: WITH_FILE } });
			expect(result.error?.message).toMatch(/no file|'Input Binary Field'|is empty/);
			expect(stage.sandbox.jobs()).toEqual([]);
		});
	});
});
