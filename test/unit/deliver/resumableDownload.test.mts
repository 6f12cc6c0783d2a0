import fc from 'fast-check';
import { downloadErrors } from '../../../nodes/Lumenfall/deliver/downloadErrors';
import type { Download } from '../../../nodes/Lumenfall/deliver/openSource';
import { resumableDownload } from '../../../nodes/Lumenfall/deliver/resumableDownload';
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

/** The bytes received over these attempts, one after the other. */
async function receive(tries: Download[]): Promise<Buffer> {
	const [first, ...others] = tries;
	const reopen = async () => {
		const next = others.shift();
		if (!next) throw new Error('no more tries');
		return await Promise.resolve(next);
	};
	const wanted = {
		job: { id: 'video_1', phase: 'completed', status: 'completed' },
		variant: 'video',
	} as const;
	const none = async () => await Promise.resolve();
	const file = resumableDownload(first, reopen, wanted, { sleep: none, mayGrowTo: none });
	const received: Buffer[] = [];
	for await (const piece of file.pieces) received.push(piece);
	expect(file.passed().bytes).toBe(VIDEO.length);
	return Buffer.concat(received);
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

test('a file that is never complete is refused because of its own boxes, or its content length', async () => {
	const cut = VIDEO.subarray(0, 400);
	const four = Array.from({ length: 4 }, () => download(cut));
	await expect(receive(four)).rejects.toThrow(/video_1 could not be downloaded.*ends too soon/);
	const announced = Array.from({ length: 4 }, () => download(cut, 64, VIDEO.length));
	await expect(receive(announced)).rejects.toThrow(/only 400 of \d+ bytes arrived/);
});

test('a file that ends between two fragments is refused, unless its length is announced', async () => {
	const index = Buffer.alloc(24 + 12);
	index.writeUInt16BE(1, 22);
	index.writeUInt32BE(1_000, 24);
	const file = Buffer.concat([
		VIDEO.subarray(0, 132),
		box('sidx', index),
		box('moof', Buffer.alloc(8)),
		box('mdat', Buffer.alloc(VIDEO.length - 132 - 44 - 16 - 8)),
	]);
	expect(file.length).toBe(VIDEO.length);
	const cut = Array.from({ length: 4 }, () => download(file));
	await expect(receive(cut)).rejects.toThrow(/ends too soon/);
	await expect(receive([download(file, 64, file.length)])).resolves.toEqual(file);
});

test('a WebM file is refused if it is shorter than its own header has it', async () => {
	const element = (id: string, size: number[], content: Buffer) =>
		Buffer.concat([Buffer.from(id, 'hex'), Buffer.from(size), content]);
	const header = element('1a45dfa3', [0x84], Buffer.alloc(4));
	const rest = VIDEO.length - header.length;
	const known = [0x01, 0, 0, 0, 0, 0, (rest - 12) >> 8, (rest - 12) & 0xff];
	const webm = (size: number[]) =>
		Buffer.concat([header, element('18538067', size, Buffer.alloc(rest - 4 - size.length))]);
	const of = (file: Buffer): Download => ({ ...download(file, 7), type: 'video/webm' });
	await expect(receive([of(webm(known))])).resolves.toHaveLength(VIDEO.length);
	const cut = Array.from({ length: 4 }, () => of(webm(known).subarray(0, 200)));
	await expect(receive(cut)).rejects.toThrow(/ends too soon, after 200 bytes/);
	// The length of a stream that is written while it is made is not known.
	await expect(receive([of(webm([0x01, ...Array(7).fill(0xff)]))])).resolves.toHaveLength(
		VIDEO.length,
	);
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
	const wanted = {
		job: { id: 'v', phase: 'completed', status: 'completed' },
		variant: 'video',
	} as const;
	const reopen = jest.fn(async () => await Promise.resolve(download(VIDEO)));
	const file = resumableDownload(download(VIDEO, 64, announcedBytes), reopen, wanted, {
		sleep: async () => await Promise.resolve(),
		mayGrowTo: async (bytes) => {
			if (bytes > 300) throw downloadErrors.failed({ videoId: 'v', cause: 'it is too large' });
			await Promise.resolve();
		},
	});
	const read = async () => {
		for await (const piece of file.pieces) expect(piece.length).toBeGreaterThan(0);
	};
	await expect(read()).rejects.toThrow(/it is too large/);
	expect(reopen).not.toHaveBeenCalled();
});
