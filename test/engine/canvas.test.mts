import type { INodeParameters, INodeType } from 'n8n-workflow';
import { Lumenfall } from '../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../nodes/LumenfallTrigger/LumenfallTrigger.node';
import type * as CoreModule from '../../engine/core.mts';
import { native } from '../support/native.mts';
import { CORES } from './stage.mts';

const listed = (value: string, line: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: line,
});
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const sora = listed('sora-2', 'Sora 2 · $0.10/s · 20 s · text, image');
const kling = byId('kling-v3');

describe.each(CORES)('the texts on the canvas, evaluated by %s', (core) => {
	let evaluate: (type: INodeType, field: Field, parameters: INodeParameters) => unknown;
	type Field = 'subtitle' | 'waitingNodeTooltip';

	beforeAll(async () => {
		const { loadCore } = await native<typeof CoreModule>('./engine/core.mts');
		const { Workflow } = loadCore(core).n8nWorkflow;
		/** Evaluated as in n8n's editor: without run data, and with the default values. */
		evaluate = (type, field, parameters) => {
			const nodeTypes = {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			};
			const node = {
				id: '1',
				name: 'Node',
				type: type.description.name,
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters,
			};
			const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
			return workflow.expression.getSimpleParameterValue(
				workflow.nodes.Node,
				type.description[field],
				'internal',
				{ $execution: { id: '7', mode: 'test', resumeUrl: '', resumeFormUrl: '' } },
			);
		};
	});

	test.each<[string, INodeParameters]>([
		['Text to Video · Sora 2', {}],
		['Text to Video · Sora 2', { model: sora }],
		['Image to Video · kling-v3', { operation: 'imageToVideo', model: kling }],
		['Text to Video', { model: byId('={{ $json.model }}') }],
		['Text to Video', { model: '={{ $json.model }}' }],
		['Text to Video · veo-3.1', { model: 'veo-3.1' }],
		['Estimate Cost · Sora 2', { operation: 'estimateCost', model: sora }],
		['Compare Models · Sora 2, Veo 3.1 Fast', { operation: 'compare' }],
		[
			'Compare Models · Sora 2, kling-v3',
			{
				operation: 'compare',
				models: { model: [{ model: sora }, { model: kling }, { model: byId('={{ $json.x }}') }] },
			},
		],
		[
			'Compare Models · sora-2, kling-v3',
			{ operation: 'compare', modelsFrom: 'text', modelIds: 'sora-2, kling-v3' },
		],
		[
			'Compare Models',
			{ operation: 'compare', modelsFrom: 'text', modelIds: '={{ $json.models }}' },
		],
		['Get Many: Video', { operation: 'getAll' }],
		['Wait: Video', { operation: 'wait', videoId: '={{ $json.id }}' }],
		['Get: Model · Sora 2', { resource: 'model', operation: 'get', model: sora }],
		['Get Many: Model', { resource: 'model', operation: 'getAll' }],
		['Get Balance: Account', { resource: 'account', operation: 'getBalance' }],
	])('the subtitle is %s', (subtitle, parameters) => {
		expect(evaluate(new Lumenfall(), 'subtitle', parameters)).toBe(subtitle);
	});

	test('every operation has its name in the subtitle', () => {
		const { properties } = new Lumenfall().description;
		for (const { displayOptions, options } of properties.filter(
			({ name }) => name === 'operation',
		)) {
			const resource = displayOptions?.show?.resource?.[0] as string;
			for (const { name, value } of options as Array<{ name: string; value: string }>)
				expect(evaluate(new Lumenfall(), 'subtitle', { resource, operation: value })).toMatch(
					new RegExp(`^${name}`),
				);
		}
	});

	test.each<[string, INodeParameters]>([
		[
			'Generating 8 s of video with Sora 2. The execution resumes when all videos are finished, or 60 minutes after it was suspended.',
			{ model: sora, waitMode: 'webhook' },
		],
		[
			'Generating 12 s of video with kling-v3. The execution resumes when all videos are finished, or 90 minutes after it was suspended.',
			{ model: kling, seconds: '12', waitMode: 'webhook', options: { parkMinutes: 90 } },
		],
		[
			'Generating video. The execution resumes when all videos are finished.',
			{
				model: byId('={{ $json.model }}'),
				seconds: '={{ $json.seconds }}',
				waitMode: 'webhook',
				options: { parkMinutes: '={{ $json.minutes }}' },
			},
		],
	])('the tooltip of a suspended node is: %s', (tooltip, parameters) => {
		expect(evaluate(new Lumenfall(), 'waitingNodeTooltip', parameters)).toBe(tooltip);
	});

	test.each<[string, INodeParameters]>([
		['Completed', {}],
		['Completed, Failed', { events: ['video.completed', 'video.failed'] }],
		['', { events: '={{ $json.events }}' }],
	])('the subtitle of the trigger is "%s"', (subtitle, parameters) => {
		expect(evaluate(new LumenfallTrigger(), 'subtitle', parameters)).toBe(subtitle);
	});
});
