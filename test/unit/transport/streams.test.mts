import { parseResponse } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import { decodeText } from '../../../nodes/Lumenfall/transport/streams';
import { decodeJob } from '../../support/readJson.mts';

test.each<[string, Buffer]>([
	['UTF-16', Buffer.from('{"id":"v","prompt":"Zoë"}', 'utf16le')],
	['UTF-16 with a byte order mark', Buffer.from('\ufeff{"id":"v","prompt":"Zoë"}', 'utf16le')],
	['UTF-16 of the other order', Buffer.from('\ufeff{"id":"v","prompt":"Zoë"}', 'utf16le').swap16()],
	['Latin-1', Buffer.from('{"id":"v","prompt":"Zoë"}', 'latin1')],
	['UTF-8', Buffer.from('{"id":"v","prompt":"Zoë"}')],
])('a response in %s is read', (_, bytes) => {
	const response = parseResponse(decodeText(bytes), (one) => one);
	expect(decodeJob(response)).toMatchObject({ id: 'v', prompt: 'Zoë' });
});

test('a replacement character that the server sent itself is kept, and half a character of UTF-16 is no crash', () => {
	expect(decodeText(Buffer.from('Zo\ufffd 日本'))).toBe('Zo\ufffd 日本');
	expect(() => decodeText(Buffer.from([0xfe, 0xff, 0, 0x7b, 0]))).not.toThrow();
	expect(decodeText(Buffer.alloc(0))).toBe('');
});
