import type { IExecuteFunctions } from 'n8n-workflow';
import type { InputImage, Pictures } from '../job/request';
import { readOptions } from './form';
import { isWebAddress, readFrameFile, readPicture, readPictureFile } from './picture';

/** The picture the video starts on, and those the options name, each by what it is to the video. */
export async function readPictures(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<Pictures> {
	const { lastFrame, referenceImages } = readOptions(execution, itemIndex);
	const read = async (name: string, readFile: typeof readPictureFile): Promise<InputImage> =>
		isWebAddress(name) ? { kind: 'url', url: name } : await readFile(execution, itemIndex, name);

	const pictures: Pictures = { image: await readPicture(execution, itemIndex) };
	if (lastFrame) pictures.lastFrame = await read(lastFrame, readFrameFile);
	for (const name of referenceImages) {
		pictures.referenceImages ??= [];
		pictures.referenceImages.push(await read(name, readPictureFile));
	}
	return pictures;
}
