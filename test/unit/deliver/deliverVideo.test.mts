import type { ItemContext } from '../../../nodes/Lumenfall/context';
import { deliverFile } from '../../../nodes/Lumenfall/deliver/deliverVideo';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import { JobStore } from '../../../nodes/Lumenfall/job/jobStore';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import { openAiCompatible } from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible';
import { box } from '../../support/mp4Surgery.mts';
import { responseOf } from '../../support/response.mts';

const OLD = 'https://files.example/old.mp4';
const NEW = 'https://files.example/new.mp4';
const VIDEO = Buffer.concat([
	box('ftyp', Buffer.from('isom0000')),
	box('moov', box('mvhd', Buffer.alloc(100))),
	box('mdat', Buffer.alloc(500, 7)),
]);

/** Delivers a video of a run with two, whose URL has expired. The server then reports it like this. */
async function deliver(again: Partial<Job>) {
	const job: Job = { id: 'video_1', phase: 'completed', status: 'completed', url: OLD };
	const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', nodeName: 'Make' };
	const jobs = new JobStore({}, origin, 0);
	for (const [itemIndex, id] of ['video_1', 'video_2'].entries())
		jobs.open({ itemIndex, hash: 'hash' }).created(id, new Date());
	const openFile = async (url: string) => ({
		...{
			url,
			response: responseOf(url === NEW ? 200 : 410, undefined),
			bytesBeforeDecoding: () => undefined,
		},
		...{ parse: (text: string) => text, close: () => undefined },
		async *read() {
			yield url === NEW ? VIDEO : Buffer.from('gone');
		},
		toBinary: async (pieces: AsyncGenerator<Buffer>) => {
			for await (const piece of pieces) expect(piece.length).toBeGreaterThan(0);
			return Buffer.alloc(0);
		},
	});
	const context = {
		api: {
			openFile,
			...{ baseUrl: 'https://api.example/v1', dialect: openAiCompatible },
			contentUrl: () => 'https://api.example/v1/videos/video_1/content',
			getVideo: async () => ({ job: { ...job, ...again } }),
		},
		execution: { helpers: { prepareBinaryData: async () => ({ fileName: 'a.mp4' }) } },
		runtime: { sleep: async () => undefined, now: () => 0, random: () => 0 },
		stop: new StopSwitch(),
		jobs,
	} as unknown as ItemContext;
	return await deliverFile(context, job, {}).then(
		({ file }) => file.bytes,
		(error: unknown) => failureOf(error),
	);
}

test('if the URL of a file has expired, the file is downloaded from the new one', async () => {
	expect(await deliver({ url: NEW })).toBe(VIDEO.length);
	// Some relays encode IDs in a new way each time.
	expect(await deliver({ url: NEW, reportedId: 'dmlkZW9fMQ' })).toBe(VIDEO.length);
});

test('the file of the video of another item is never delivered for this one', async () => {
	const failure = await deliver({ url: NEW, reportedId: 'video_2' });
	expect(failure).toMatchObject({ kind: 'fileExpired', videoId: 'video_1' });
});
