import { openOwnStage } from './fixtures.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { small } from './workflows.mts';

const COUNT = 200;
const WARM_UP = 20;
/** Maximum growth per suspended execution. n8n's caches and logs alone grow by about 20 KiB. */
const MAX_KIB_EACH = 50;

describe.each(VERSIONS)('200 suspended executions on n8n %s', (version) => {
	test('need no measurable memory', async () => {
		const stage = await openOwnStage({ version });
		const { call, have } = await stage.publish(
			small({ prompt: '={{ $json.body.prompt }}', waitMode: 'webhook', output: 'url' }),
		);
		const suspend = async (count: number) => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck', times: count });
			for (let index = 0; index < count; index++) await call({ prompt: `scene ${index}` });
			await have(count, 'waiting', 240);
		};

		// A warm-up: what n8n loads for the first executions must not count.
		await suspend(WARM_UP);
		stage.sandbox.releaseStuck();
		await have(WARM_UP, 'success', 240);
		const idle = await stage.instance.memory();

		await suspend(COUNT);
		const suspended = await stage.instance.memory();
		const kibEach = ((suspended.heap - idle.heap) * 1024) / COUNT;
		console.log(
			`n8n ${version}, garbage collected: heap ${idle.heap.toFixed(1)} MiB idle, ` +
				`${suspended.heap.toFixed(1)} MiB with ${COUNT} suspended executions (${kibEach.toFixed(1)} KiB each); ` +
				`RSS ${idle.rss.toFixed(0)} and ${suspended.rss.toFixed(0)} MiB`,
		);
		expect(kibEach).toBeLessThan(MAX_KIB_EACH);
	});
});
