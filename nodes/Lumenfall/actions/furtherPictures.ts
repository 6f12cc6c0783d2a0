import type { IExecuteFunctions } from 'n8n-workflow';
import type { InputImage, Pictures } from '../job/request';
import { readOptions, readText } from './form';
import { isWebAddress, readFrameFile, readPicture, readPictureFile } from './picture';

/** The picture of the form, which may have none, and those the options name, each by what it is to the video. */
export async function readPictures(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<Pictures> {
	const { imageRole, lastFrame, referenceImages } = readOptions(execution, itemIndex);
	const read = async (name: string, readFile: typeof readPictureFile): Promise<InputImage> =>
		isWebAddress(name) ? { kind: 'url', url: name } : await readFile(execution, itemIndex, name);

	const pictures: Pictures = {};
	if (readText(execution, 'imageSource', itemIndex) !== 'none') {
		const picture = await readPicture(execution, itemIndex);
		if (imageRole === 'reference') pictures.referenceImages = [picture];
		else pictures.image = picture;
	}
	if (lastFrame) pictures.lastFrame = await read(lastFrame, readFrameFile);
	for (const name of referenceImages) {
		pictures.referenceImages ??= [];
		pictures.referenceImages.push(await read(name, readPictureFile));
	}
	return pictures;
}
