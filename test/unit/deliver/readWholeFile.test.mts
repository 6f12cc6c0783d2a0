import fc from 'fast-check';
import type { Download } from '../../../nodes/Lumenfall/deliver/openSource';
import { readWholeFile } from '../../../nodes/Lumenfall/deliver/readWholeFile';
import { ReceivedFile } from '../../../nodes/Lumenfall/deliver/receivedFile';
import { box } from '../../support/mp4Surgery.mts';

const VIDEO = Buffer.concat([
	box('ftyp', Buffer.from('isom0000')),
	box('moov', box('mvhd', Buffer.alloc(100))),
	box('mdat', Buffer.from(Array.from({ length: 500 }, (_, at) => at % 251))),
]);

function download(bytes: Buffer, piece = 64, announcedBytes?: number): Download {
	async function* pieces() {
		for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
	}
	const toBinary = async () => await Promise.resolve(Buffer.alloc(0));
	return { type: 'video/mp4', announcedBytes, pieces: pieces(), toBinary, close: () => undefined };
}

const REQUESTED = {
	job: { id: 'video_1', phase: 'completed', status: 'completed' },
	variant: 'video',
} as const;

/** Reads a file over these attempts, one after the other. The file is stored if it is not larger than the limit. */
async function receive(tries: Download[], limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
	const [first, ...others] = tries;
	const source = {
		first,
		reopen: async () => {
			const next = others.shift();
			if (!next) throw new Error('no more tries');
			return await Promise.resolve(next);
		},
		whyTooLarge: async (bytes: number) =>
			await Promise.resolve(bytes > limit ? 'it is too large' : undefined),
		sleep: async () => await Promise.resolve(),
	};
	const received = new ReceivedFile(first.type);
	const pieces: Buffer[] = [];
	for await (const piece of readWholeFile(source, received, REQUESTED)) pieces.push(piece);
	expect(received.bytes).toBe(VIDEO.length);
	return Buffer.concat(pieces);
}

test('wherever a download is interrupted, the file is complete, without duplicate or missing bytes', async () => {
	const cut = fc.integer({ min: 0, max: VIDEO.length - 1 });
	const size = fc.integer({ min: 1, max: 200 });
	await fc.assert(
		fc.asyncProperty(cut, cut, size, size, async (one, two, small, large) => {
			const tries = [
				download(VIDEO.subarray(0, one), small),
				download(VIDEO.subarray(0, Math.max(one, two)), large),
				download(VIDEO, small),
			];
			expect((await receive(tries)).equals(VIDEO)).toBe(true);
		}),
		{ numRuns: 60 },
	);
});

test('a file that differs in the second attempt is refused and not combined', async () => {
	const other = Buffer.from(VIDEO);
	other[300] ^= 1;
	await expect(receive([download(VIDEO.subarray(0, 400)), download(other)])).rejects.toThrow(
		/sent another file/,
	);
});

test('a file that is never complete is read four times and refused, with the reason', async () => {
	const cut = VIDEO.subarray(0, 400);
	const four = Array.from({ length: 4 }, () => download(cut));
	await expect(receive(four)).rejects.toThrow(/video_1 could not be downloaded.*ends too soon/);
	const announced = Array.from({ length: 4 }, () => download(cut, 64, VIDEO.length));
	await expect(receive(announced)).rejects.toThrow(/only 400 of \d+ bytes arrived/);
});

test('a connection that always fails within the file is a failed download, with the reason', async () => {
	const cutAfter = (bytes: number): Download => {
		async function* pieces() {
			yield VIDEO.subarray(0, bytes);
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		}
		return { ...download(VIDEO), pieces: pieces() };
	};
	const broken = receive([100, 200, 300, 400].map(cutAfter));
	await expect(broken).rejects.toMatchObject({ failure: { kind: 'downloadFailed' } });
	await expect(broken).rejects.toThrow(/video_1 could not be downloaded: the connection was cut/);
});

test.each<[string, number | undefined]>([
	['announces its size', VIDEO.length],
	['only becomes too large', undefined],
])('a file that cannot be stored because it %s is read once', async (_, announcedBytes) => {
	const twice = [download(VIDEO, 64, announcedBytes), download(VIDEO)];
	await expect(receive(twice, 300)).rejects.toThrow(/video_1 .*: it is too large/);
});
