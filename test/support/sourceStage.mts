import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { buildRequest } from '../../nodes/Lumenfall/create/buildRequest';
import { createVideo } from '../../nodes/Lumenfall/create/createVideo';
import { prepareSource } from '../../nodes/Lumenfall/create/prepareSource';
import type { SourceSelection } from '../../nodes/Lumenfall/parameters/sourceVideo';
import type { VideoSettings } from '../../nodes/Lumenfall/request/videoRequest';
import { collect } from '../../nodes/Lumenfall/transport/streams';
import { answers, openCreateStage, REQUEST, RULES, type Served } from './createStage.mts';
import { fakeForm } from './fakeForm.mts';
import { box } from './mp4Surgery.mts';

/** The kinds of server that differ in how they accept an earlier video. */
export const SERVERS = {
	lumenfall: { server: 'lumenfall', domain: 'lumenfall.ai' },
	openRouter: { server: 'openAiCompatible', domain: 'openrouter.ai' },
	gemini: { server: 'openAiCompatible', domain: 'generativelanguage.googleapis.com' },
	unknown: { server: 'openAiCompatible', domain: 'example.com' },
	/** A server on the machine of n8n. */
	local: {
		server: 'openAiCompatible',
		domain: 'localhost',
		baseUrl: 'http://127.0.0.1:8000/openai/v1',
	},
};

/** A model of which only the server's list can say whether it accepts a video. */
const MODEL = 'video-editor';

/** A model list that says so. */
export const TAKES_VIDEO = {
	'GET /models': [{ body: { data: [{ id: MODEL, modes: ['video-to-video'] }] } }],
};

/** The model list of vLLM-Omni, by which it is recognized. */
export const VLLM = { 'GET /models': [{ body: { data: [{ id: MODEL, owned_by: 'vllm' }] } }] };

export interface ChangeSetup extends Served {
	/** The settings of the form. An edit has no seconds. */
	settings?: Partial<VideoSettings>;
	item?: Partial<INodeExecutionData>;
	/** Files that n8n stores outside of memory, by ID. */
	stored?: Record<string, Buffer>;
	n8n?: {
		/** n8n keeps new files inside the items. */
		keepsFilesInMemory?: boolean;
		/** Where n8n can be opened. Absent: a version that does not sign links to files. */
		origin?: string;
	};
}

/** The status of the earlier video. */
export const EARLIER = 'GET /videos/video_0';

/** An item with a file in itself, such as pinned data. */
export function inItem(bytes: Buffer, details: Partial<IBinaryData> = {}): ChangeSetup {
	const data = { data: bytes.toString('base64'), mimeType: 'video/mp4', ...details };
	return { item: { binary: { data } } };
}

/** An item of a run as in `openCreateStage`, with n8n's store for files. */
export async function openSourceStage(setup: ChangeSetup = {}) {
	const { item = {}, n8n = {}, creates = [answers.accepted()] } = setup;
	const stage = await openCreateStage({ ...setup, creates });
	const stored = { ...setup.stored };
	const { execution } = stage.context;
	const form = fakeForm({ values: {}, items: [item], stored });
	Object.assign(execution, { getInputData: () => form.getInputData() });
	Object.assign(execution.helpers, form.helpers, {
		prepareBinaryData: async (
			content: Buffer | AsyncIterable<Buffer>,
			fileName?: string,
			mimeType?: string,
		) => {
			const bytes = Buffer.isBuffer(content) ? content : await collect(content);
			const file = { mimeType, fileName, fileSize: String(bytes.length) };
			if (n8n.keepsFilesInMemory) return { ...file, data: bytes.toString('base64') };
			const id = `file_${Object.keys(stored).length}`;
			stored[id] = bytes;
			return { ...file, data: 'filesystem-v2', id };
		},
		// The first pieces of a file are shorter than its signature.
		getBinaryStream: async function* (id: string) {
			yield* [0, 5, 10].map((at) => stored[id].subarray(at, at + 5));
			yield stored[id].subarray(15);
		},
		...(n8n.origin !== undefined && {
			createBinarySignedUrl: ({ id }: IBinaryData, expiresIn: string) =>
				`${n8n.origin}/rest/binary-data/signed?token=${id}.${expiresIn.replace(' ', '-')}`,
		}),
	});
	return Object.assign(stage, { stored });
}

/** Extends or edits a video as the node does, up to the create. */
export async function changeVideo(selection: SourceSelection, setup: ChangeSetup = {}) {
	const stage = await openSourceStage(setup);
	const { context } = stage;
	const entry = stage.entry();
	const form: VideoSettings = {
		...REQUEST,
		model: MODEL,
		seconds: selection.change === 'edit' ? undefined : 8,
		...setup.settings,
	};
	const run = async () => {
		const { source, model } = await prepareSource(context, selection, form.model);
		const request = buildRequest({ ...form, model }, {}, source);
		return await createVideo(context, { request, entry, rules: RULES, timeoutMs: 60_000 });
	};
	return { ...stage, ...(await stage.outcomeOf(run())), sent: entry.record.sent };
}

/** An MP4 file that is complete by its own boxes, and has a length. */
export function clipOf(seconds: number, brand = 'isom'): Buffer {
	const header = Buffer.alloc(100);
	header.writeUInt32BE(1_000, 12);
	header.writeUInt32BE(seconds * 1_000, 16);
	return Buffer.concat([
		box('ftyp', Buffer.from(`${brand}0000`)),
		box('moov', box('mvhd', header)),
		box('mdat', Buffer.alloc(500, 7)),
	]);
}
