import type { IExecuteFunctions } from 'n8n-workflow';
import { readOptions, readText } from './form';
import { isWebUrl, readFrameFile, readImage, readImageFile } from './imageFile';
import type { InputImage, RequestImages } from '../request/videoRequest';

/** The picture of the form, which may have none, and those the options name, each by what it is to the video. */
export async function readImages(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<RequestImages> {
	const { imageRole, lastFrame, referenceImages } = readOptions(execution, itemIndex);
	const read = async (name: string, readFile: typeof readImageFile): Promise<InputImage> =>
		isWebUrl(name) ? { kind: 'url', url: name } : await readFile(execution, itemIndex, name);

	const pictures: RequestImages = {};
	if (readText(execution, 'imageSource', itemIndex) !== 'none') {
		const picture = await readImage(execution, itemIndex);
		if (imageRole === 'reference') pictures.referenceImages = [picture];
		else pictures.image = picture;
	}
	if (lastFrame) pictures.lastFrame = await read(lastFrame, readFrameFile);
	for (const name of referenceImages) {
		pictures.referenceImages ??= [];
		pictures.referenceImages.push(await read(name, readImageFile));
	}
	return pictures;
}
