import { openOwnStage } from './doors.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { small } from './workflows.mts';

const COUNT = 200;
const WARM_UP = 20;
/** Per parked execution: what n8n's caches and logs grow by anyway is about 20. */
const MOST_KIB_EACH = 50;

describe.each(VERSIONS)('200 parked executions on n8n %s', (version) => {
	test('take no measurable memory', async () => {
		const stage = await openOwnStage({ version });
		const { call, have } = await stage.publish(
			small({ prompt: '={{ $json.body.prompt }}', waitMode: 'webhook', output: 'url' }),
		);
		const park = async (count: number) => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck', times: count });
			for (let index = 0; index < count; index++) await call({ prompt: `scene ${index}` });
			await have(count, 'waiting', 240);
		};

		// What n8n loads for the first execution is no matter of the parked ones.
		await park(WARM_UP);
		stage.sandbox.releaseStuck();
		await have(WARM_UP, 'success', 240);
		const idle = await stage.instance.memory();

		await park(COUNT);
		const parked = await stage.instance.memory();
		const kibEach = ((parked.heap - idle.heap) * 1024) / COUNT;
		console.log(
			`n8n ${version}, garbage collected: heap ${idle.heap.toFixed(1)} MiB idle, ` +
				`${parked.heap.toFixed(1)} MiB with ${COUNT} parked executions (${kibEach.toFixed(1)} KiB each); ` +
				`RSS ${idle.rss.toFixed(0)} and ${parked.rss.toFixed(0)} MiB`,
		);
		expect(kibEach).toBeLessThan(MOST_KIB_EACH);
	});
});
