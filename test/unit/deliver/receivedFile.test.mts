import type { Download } from '../../../nodes/Lumenfall/deliver/openSource';
import { ReceivedFile } from '../../../nodes/Lumenfall/deliver/receivedFile';
import { box } from '../../support/mp4Surgery.mts';

const HEAD = Buffer.concat([
	box('ftyp', Buffer.from('isom0000')),
	box('moov', box('mvhd', Buffer.alloc(100))),
]);
const VIDEO = Buffer.concat([HEAD, box('mdat', Buffer.alloc(500, 7))]);

function received(bytes: Buffer, type: Download['type'] = 'video/mp4'): ReceivedFile {
	const file = new ReceivedFile(type);
	for (let at = 0; at < bytes.length; at += 7) file.push(bytes.subarray(at, at + 7));
	return file;
}

test('an MP4 file is complete when its own boxes are', () => {
	expect(received(VIDEO).whyIncomplete(undefined)).toBeUndefined();
	expect(received(VIDEO.subarray(0, 400)).whyIncomplete(undefined)).toBe(
		'the file ends too soon, after 400 bytes',
	);
});

test('a file is incomplete if it is shorter than its content length, whatever its boxes say', () => {
	expect(received(VIDEO).whyIncomplete(VIDEO.length + 1)).toBe(
		`only ${VIDEO.length} of ${VIDEO.length + 1} bytes arrived`,
	);
});

test('a file that ends between two fragments is incomplete, unless its length is announced', () => {
	const index = Buffer.alloc(24 + 12);
	index.writeUInt16BE(1, 22);
	index.writeUInt32BE(1_000, 24);
	const fragments = Buffer.concat([
		HEAD,
		box('sidx', index),
		box('moof', Buffer.alloc(8)),
		box('mdat', Buffer.alloc(200)),
	]);
	expect(received(fragments).whyIncomplete(undefined)).toMatch(/ends too soon/);
	expect(received(fragments).whyIncomplete(fragments.length)).toBeUndefined();
});

test('only bytes that no further bytes can complete are damage', () => {
	expect(received(VIDEO.subarray(0, 150)).isDamaged).toBe(false);
	expect(received(Buffer.concat([HEAD, Buffer.from('<html>no video</html>')])).isDamaged).toBe(
		true,
	);
	// Images have no boxes.
	expect(received(Buffer.from('<svg>'), 'image/png').isDamaged).toBe(false);
});

test('a WebM file is incomplete if it is shorter than its own header has it', () => {
	const element = (id: string, size: number[], content: Buffer) =>
		Buffer.concat([Buffer.from(id, 'hex'), Buffer.from(size), content]);
	const header = element('1a45dfa3', [0x84], Buffer.alloc(4));
	const webm = (size: number[]) =>
		Buffer.concat([header, element('18538067', size, Buffer.alloc(600))]);
	const whole = webm([0x01, 0, 0, 0, 0, 0, 600 >> 8, 600 & 0xff]);
	expect(received(whole, 'video/webm').whyIncomplete(undefined)).toBeUndefined();
	expect(received(whole.subarray(0, 200), 'video/webm').whyIncomplete(undefined)).toBe(
		'the file ends too soon, after 200 bytes',
	);
	// The length of a stream that is written while it is made is not known.
	const unknown = webm([0x01, ...Array<number>(7).fill(0xff)]);
	expect(received(unknown, 'video/webm').whyIncomplete(undefined)).toBeUndefined();
});
