import { readAacConfig } from '../../../../nodes/Lumenfall/media/mp4/format/soundFormat';
import { silentFrame } from '../../../../nodes/Lumenfall/media/mp4/format/silence';
import { delimiterLength } from '../../../../nodes/Lumenfall/media/mp4/write/writeMovie';

const bytes = (hex: string) => Buffer.from(hex.replace(/ /g, ''), 'hex');

it.each([
	['plain, two bytes', '1190', { codec: 'AAC', rate: 48_000, channels: 2, frameLength: 1024 }],
	['plain, with the words "no SBR"', '119056e500', { codec: 'AAC', rate: 48_000, channels: 2 }],
	['44.1 kHz mono', '1208', { codec: 'AAC', rate: 44_100, channels: 1 }],
	['frames of 960', '1194', { codec: 'AAC', frameLength: 960 }],
	['SBR, stated first', '2b118800', { codec: 'HE-AAC', rate: 24_000, channels: 2 }],
	['SBR, stated last', '131056e598', { codec: 'HE-AAC', rate: 24_000, channels: 2 }],
	['six channels', '11b0', { codec: 'AAC', channels: 6 }],
	['a rate of its own', '178005dc10', { codec: 'AAC', rate: 3000, channels: 2 }],
])('AAC %s', (_, hex, format) => {
	expect(readAacConfig(bytes(hex))).toMatchObject({ format });
});

it.each([
	['a program config element', '1180', 'unusual arrangement'],
	['AAC-ELD', 'f8e85000', 'object type 39'],
	['nothing', '', 'object type 0'],
])('AAC with %s cannot be joined', (_, hex, words) => {
	expect(readAacConfig(bytes(hex))).toEqual({ unsupported: expect.stringContaining(words) });
});

it.each([
	['H.264', 4, '00000002 09f0 00000005 65', 6],
	['H.264', 2, '0002 09f0 0005 65', 4],
	['H.264', 4, '00000005 6588', 0],
	['H.265', 4, '00000003 460150 00000005 26', 7],
	['H.265', 4, '00000005 2601', 0],
	['AV1', 0, '1200 0a0b', 2],
	['AV1', 0, '0a0b 0000', 0],
	['H.264', 4, '', 0],
	['H.264', 4, 'ffffffff 09f0', 0],
] as const)(
	'%s with lengths of %i: the delimiter of %s has %i bytes',
	(codec, length, hex, wanted) => {
		expect(delimiterLength(codec, length, bytes(hex))).toBe(wanted);
	},
);

it('silence in Opus has the duration of the packets around it', () => {
	const opus = {
		codec: 'Opus',
		rate: 48_000,
		channels: 2,
		frameLength: 0,
		config: bytes(''),
	} as const;
	expect(silentFrame(opus, 960).toString('hex')).toBe('fcfffe');
	expect(silentFrame(opus, 480).toString('hex')).toBe('f4fffe');
	expect(silentFrame(opus, 2880).toString('hex')).toBe('ff03fffefffefffe');
});
