import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { fileNameOf } from '../media/fileName';
import { joinClips, type JoinedVideo, type JoinOptions } from '../media/mp4/joinClips';
import { JoinError } from '../media/mp4/joinErrors';
import type { VideoJson } from '../output/videoItem';
import type { InputFile } from '../parameters/clips';
import { runtimeOf } from '../support/runtime';
import { roundSeconds } from '../support/duration';
import type { StopSwitch } from '../support/stopSwitch';
import { collect, streamOf, type ByteStream } from '../transport/streams';
import { joinFilesErrors } from './joinFilesErrors';
import { MAX_JOIN_IN_MEMORY } from './memoryMode';

/** A joined video in n8n's binary store. */
export interface JoinedFile {
	binary: IBinaryData;
	/** The output about the video itself. */
	json: Pick<VideoJson, 'seconds' | 'width' | 'height' | 'hasAudio' | 'file'>;
	/** Start and duration of each clip, in seconds, rounded to milliseconds. */
	clips: Array<{ name: string; startsAt: number; seconds: number }>;
}

/** The files to join, and how. */
interface JoinRequest extends Omit<JoinOptions, 'sound' | 'breathe'> {
	clips: InputFile[];
	/** Keeps the sound of the clips, has no sound, or uses the sound of a file. */
	sound: 'keep' | 'none' | InputFile;
	/** The file name from the form. */
	fileName?: string;
	/** The name without it, without an extension. */
	usualName: string;
}

/**
 * Joins files into one MP4 without re-encoding, and stores it.
 * @param stop ends the work, which takes a pause between its parts
 * @throws FailureError if the clips cannot be joined, or if n8n keeps more of them in memory than allowed; the reason of a Stop
 */
export async function joinFiles(
	execution: IExecuteFunctions,
	stop: StopSwitch,
	{ clips, sound, fileName, usualName, ...options }: JoinRequest,
): Promise<JoinedFile> {
	const files = typeof sound === 'string' ? clips : [...clips, sound];
	const inMemory = files.reduce((sum, { bytesInMemory }) => sum + bytesInMemory, 0);
	if (inMemory > MAX_JOIN_IN_MEMORY) {
		throw joinFilesErrors.filesTooLargeForMemory(inMemory, MAX_JOIN_IN_MEMORY);
	}
	const { sleep } = runtimeOf(stop);
	const breathe = async () => await sleep(0);
	try {
		const video = await joinClips(clips, { ...options, sound, breathe });
		const name = fileNameOf({ type: 'video/mp4', id: usualName, typed: fileName });
		const binary = await storeVideo(execution, video.content(), files, name);
		return toJoinedFile(video, clips, binary);
	} catch (error) {
		throw asFailure(error);
	}
}

/** A source file of the video. */
interface SourceFile {
	/** Size if n8n keeps the file in memory, otherwise 0. */
	bytesInMemory: number;
	open(): Promise<AsyncIterable<Buffer>>;
}

const MP4 = 'video/mp4';

/**
 * Stores a generated video in n8n. It is streamed if n8n stores files outside of memory.
 * @param files the source files. If one of them is stored outside of memory, so is the video
 */
async function storeVideo(
	{ helpers }: IExecuteFunctions,
	content: AsyncGenerator<Buffer>,
	files: SourceFile[],
	fileName: string,
): Promise<IBinaryData> {
	const stored = files.find(({ bytesInMemory }) => bytesInMemory === 0);
	if (!stored) return await helpers.prepareBinaryData(await collect(content), fileName, MP4);
	const sample = (await stored.open()) as ByteStream;
	sample.destroy();
	return await helpers.prepareBinaryData(streamOf(content, sample), fileName, MP4);
}

function asFailure(error: unknown): unknown {
	return error instanceof JoinError ? joinFilesErrors.cannotJoin(error) : error;
}

function toJoinedFile(video: JoinedVideo, files: InputFile[], binary: IBinaryData): JoinedFile {
	const { seconds, width, height, hasAudio, clips, bytes } = video;
	const { fileName, mimeType } = binary;
	return {
		binary,
		json: {
			seconds: roundSeconds(seconds),
			width,
			height,
			hasAudio,
			file: { name: fileName, mimeType, bytes },
		},
		clips: clips.map((clip, index) => ({
			name: files[index].fileName ?? clip.name,
			startsAt: roundSeconds(clip.startsAt),
			seconds: roundSeconds(clip.seconds),
		})),
	};
}
