/** Reads a sound file that replaces the sound of the whole video: AAC (ADTS or MP4) or MP3. */
import { describeFile } from '../../fileType';
import { scanAdts } from './adts';
import { isJoinable, type ClipSound } from '../plan/chooseSound';
import type { Breathe, ClipSource } from '../clip';
import { ForwardReader } from './forwardReader';
import { asJoinError, joinErrors } from '../joinErrors';
import { scanMp3 } from './mp3';
import { readTracks } from './readClip';

const SIGNATURE_BYTES = 12;

/**
 * Reads the frames of a sound file without its sound data.
 * @throws JoinError for any other type, with advice
 */
export async function readSoundFile(source: ClipSource, breathe: Breathe): Promise<ClipSound> {
	const reader = new ForwardReader(await source.open());
	try {
		await skipId3(reader);
		const start = await reader.peek(SIGNATURE_BYTES);
		if (start.toString('latin1', 4, 8) === 'ftyp') return await readMp4Sound(source, breathe);
		if (isAdts(start)) return await scanAdts(reader, source.name, breathe);
		if (isMp3(start)) return await scanMp3(reader, source.name, breathe);
		throw joinErrors.soundFileType(source.name, describeSound(start));
	} catch (error) {
		throw asJoinError(error, joinErrors.soundFileDamaged(source.name));
	} finally {
		await reader.close();
	}
}

const ID3_HEADER_BYTES = 10;

/** Skips tags before the sound, such as title and cover (https://id3.org/id3v2.4.0-structure). There may be several. */
async function skipId3(reader: ForwardReader): Promise<void> {
	for (;;) {
		const header = await reader.peek(ID3_HEADER_BYTES);
		if (header.length < ID3_HEADER_BYTES || header.toString('latin1', 0, 3) !== 'ID3') return;
		const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (header[at] & 127), 0);
		const hasFooter = (header[5] & 0x10) !== 0;
		await reader.skip(ID3_HEADER_BYTES + size + (hasFooter ? ID3_HEADER_BYTES : 0));
	}
}

const isAdts = (start: Buffer) => start[0] === 0xff && (start[1] & 0xf6) === 0xf0;
const isMp3 = (start: Buffer) => start[0] === 0xff && (start[1] & 0xe6) === 0xe2;

const OTHER_SOUND: Array<[at: number, signature: string, name: string]> = [
	[8, 'WAVE', 'a WAV file'],
	[0, 'OggS', 'an Ogg file'],
	[0, 'fLaC', 'a FLAC file'],
	[0, 'FORM', 'an AIFF file'],
	[0, 'caff', 'a CAF file'],
	[0, '#!AMR', 'an AMR file'],
];

function describeSound(start: Buffer): string {
	const known = OTHER_SOUND.find(
		([at, signature]) => start.toString('latin1', at, at + signature.length) === signature,
	);
	return known?.[2] ?? describeFile(start);
}

async function readMp4Sound(source: ClipSource, breathe: Breathe): Promise<ClipSound> {
	const { sound } = await readTracks(source, { video: false, sound: true }, breathe);
	if (!sound) throw joinErrors.soundFileType(source.name, 'a file without sound');
	if (isJoinable(sound)) return sound;
	throw joinErrors.soundFileType(source.name, `a file with sound in ${String(sound.format)}`);
}
