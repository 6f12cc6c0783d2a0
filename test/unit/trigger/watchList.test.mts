import type { IDataObject } from 'n8n-workflow';
import {
	keepRegistrations,
	openWatchList,
} from '../../../nodes/LumenfallTrigger/polling/watchList';

const DAY = 86_400_000;
const SERVER = 'https://api.example.com/v1';
let workflows = 0;

/** An n8n: one database, and a copy of its static data for each webhook call and each activation. */
function createN8n() {
	const workflowId = `workflow-${++workflows}`;
	let database: { global: IDataObject; node: IDataObject } = { global: {}, node: {} };
	const copyOf = (id = workflowId, server = SERVER) => {
		const copy = structuredClone(database);
		const host: Parameters<typeof openWatchList>[0] = {
			getNode: () => ({ id: 'node' }) as never,
			getWorkflow: () => ({ id }),
			getWorkflowStaticData: (type) => copy[type],
		};
		const list = openWatchList(host, server);
		const save = () => (database = structuredClone(copy));
		/** The poll of another trigger of the workflow starts it, so n8n saves this copy. */
		const saveForAnother = () => {
			keepRegistrations(host);
			save();
		};
		return { list, save, saveForAnother };
	};
	return {
		register(videoId: string, now = 0) {
			const { list, save } = copyOf();
			list.add(videoId, now);
			save();
		},
		activate: (server = SERVER) => copyOf(workflowId, server),
		/** In another process, which shares the database only. */
		restart: () => copyOf(`${workflowId}-restarted`),
	};
}
const idsOf = ({ list }: { list: ReturnType<typeof openWatchList> }) => [...list.watched().keys()];

test('a poll sees what was registered after the activation', () => {
	const n8n = createN8n();
	const active = n8n.activate();
	n8n.register('a');
	n8n.register('b');
	expect(idsOf(active).sort()).toEqual(['a', 'b']);
});

test('a delivered video is not watched again, also if it is registered once more', () => {
	const n8n = createN8n();
	const active = n8n.activate();
	n8n.register('a');
	active.list.remove(['a'], 1);
	active.save();
	n8n.register('a', 2);
	expect(idsOf(active)).toEqual([]);
	expect(idsOf(n8n.restart())).toEqual([]);
});

test('a registration survives a poll that saves an older copy, and a restart', () => {
	const n8n = createN8n();
	n8n.register('a');
	const active = n8n.activate();
	n8n.register('b');
	active.list.remove(['a'], 1);
	active.save();
	expect(idsOf(n8n.restart())).toEqual(['b']);
});

test('a registration survives a poll of another trigger that saves an older copy, and a restart', () => {
	const n8n = createN8n();
	const active = n8n.activate();
	n8n.register('a');
	active.saveForAnother();
	expect(idsOf(n8n.restart())).toEqual(['a']);
	active.list.remove(['a'], 1);
	active.saveForAnother();
	expect(idsOf(n8n.restart())).toEqual([]);
});

test('a delivered video is remembered for a week', () => {
	const active = createN8n().activate();
	active.list.add('a', 0);
	active.list.remove(['a'], 0);
	active.list.add('a', DAY);
	expect(idsOf(active)).toEqual([]);
	active.list.remove(['b'], 8 * DAY);
	active.list.add('a', 8 * DAY);
	expect(idsOf(active)).toEqual(['a']);
});

test('on another server, the same ID is another video: it is neither watched nor taken for delivered', () => {
	const n8n = createN8n();
	const active = n8n.activate();
	n8n.register('a');
	n8n.register('b');
	active.list.remove(['b'], 1);
	active.save();
	const other = n8n.activate('https://other.example.com/v1');
	expect(idsOf(other)).toEqual([]);
	other.list.add('b', 2);
	other.save();
	expect(idsOf(other)).toEqual(['b']);
	expect(idsOf(n8n.activate())).toEqual(['a']);
});
