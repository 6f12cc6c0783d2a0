import type { IBinaryData } from 'n8n-workflow';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { readClipFiles, readSoundFile } from '../../../nodes/Lumenfall/parameters/clips';
import { imageSelectionOf, readImages } from '../../../nodes/Lumenfall/parameters/openImages';
import { MAX_IMAGE_BYTES } from '../../../nodes/Lumenfall/media/image/limits';
import { readOptions } from '../../../nodes/Lumenfall/parameters/options';
import { fakeForm, inMemory, type FakeForm } from '../../support/fakeForm.mts';
import { encoded, quarters } from '../../support/images.mts';

const image = encoded(quarters(64, 36), 'image/png');
const other = encoded(quarters(36, 64), 'image/jpeg');
const file = inMemory(image, 'boat.png');
const onDisk: IBinaryData = { data: 'filesystem-v2', id: 'disk:1', mimeType: 'image/png' };
const base64 = image.toString('base64');
const dataUrl = `data:image/png;base64,${base64}`;

/** The file as in `$binary.data`: without its content. */
function withoutData({ data: _, ...rest }: IBinaryData) {
	return rest;
}

async function imagesOf(values: Record<string, unknown>, form: Partial<FakeForm> = {}) {
	const opened = fakeForm({
		items: [{ json: {}, binary: { data: file, end: inMemory(other, 'end.jpg') } }],
		...form,
		values: { operation: 'imageToVideo', binaryPropertyName: 'data', ...values },
	});
	const selection = imageSelectionOf(opened.form, readOptions(opened.form));
	return await readImages(opened.item, selection);
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
	return await work.then(
		(value) => `accepted as ${JSON.stringify(value)}`,
		(error: unknown) => failureOf(error)?.message ?? `not a failure record: ${String(error)}`,
	);
}

test.each<[string, unknown]>([
	['the name of its field', 'data'],
	['the file itself', file],
	['the file without its content, as $binary gives it', withoutData(file)],
	['a list with the one file', [file]],
	['an item that has one file', { json: {}, binary: { photo: file } }],
	['the files of an item with one file', { photo: file }],
	['the JSON of a form', { filename: 'boat.png', mimetype: 'image/png', size: 5 }],
	['a data URL', dataUrl],
	['a data URL with encoded signs', `data:image/png;base64,${encodeURIComponent(base64)}`],
	['base64, as services for images return it', base64],
	['base64 in lines', image.toString('base64').replace(/.{76}/g, '$&\n')],
])('an image can be given as %s', async (_, given) => {
	for (const values of [
		{ binaryPropertyName: given },
		{ imageSource: 'url', imageUrl: given === 'data' ? dataUrl : given },
		...(given === 'data'
			? [{ binaryPropertyName: '"data"' }, { binaryPropertyName: '[data]' }]
			: []),
	])
		expect(await imagesOf(values)).toMatchObject({
			image: { kind: 'file', mimeType: 'image/png', bytes: image },
		});
	const { lastFrame } = await imagesOf({ options: { lastFrame: given } });
	expect(lastFrame).toMatchObject({ kind: 'file', bytes: image });
});

test('a file that n8n stores is read from there, also by $binary', async () => {
	const form = { items: [{ binary: { data: onDisk } }], stored: { 'disk:1': image } };
	for (const given of ['data', onDisk, withoutData(onDisk)])
		expect(await imagesOf({ binaryPropertyName: given }, form)).toMatchObject({
			image: { bytes: image },
		});
});

test("in n8n's combined binary mode, a name is a path in the item's JSON", async () => {
	const form = { items: [{ json: { form: { photo: file } } }], isCombined: true };
	expect(await imagesOf({ binaryPropertyName: 'form.photo' }, form)).toMatchObject({
		image: { bytes: image },
	});
	expect(await imagesOf({ binaryPropertyName: file }, form)).toMatchObject({
		image: { bytes: image },
	});
});

test('references are names, URLs, data URLs and files, in one list or one text', async () => {
	const url = 'https://example.com/a.png';
	const asText = `data, ${url}\n${dataUrl},end`;
	for (const referenceImages of [
		asText,
		['data', url, dataUrl, 'end'],
		[[file, url], dataUrl, 'end'],
		[file, { url, filename: 'a.png', thumbnails: {} }, dataUrl, 'end'],
		`- data\n- ![a](${url})\n- ${dataUrl}\n- end`,
		`data；<${url}>；${dataUrl}；end`,
	]) {
		const images = await imagesOf({ options: { referenceImages } });
		expect(
			images.referenceImages?.map((one) => (one.kind === 'url' ? one.url : one.mimeType)),
		).toEqual(['image/png', url, 'image/png', 'image/jpeg']);
	}
});

test.each<[string, Record<string, unknown>, RegExp]>([
	['no name', { binaryPropertyName: '' }, /^'Input Binary Field' is empty/],
	['a field that does not exist', { binaryPropertyName: 'photo' }, /no file in the field 'photo'/],
	['no URL', { imageSource: 'url', imageUrl: null }, /^'Image URL' is empty, which is not a URL/],
	['a file URL', { imageSource: 'url', imageUrl: 'file:///a.png' }, /^'Image URL' is 'file:/],
	['two files instead of one', { binaryPropertyName: [file, file] }, /^'Input Binary Field' is '/],
	['an empty list', { binaryPropertyName: [] }, /^'Input Binary Field' is empty/],
	['an attachment of a file', { imageSource: 'url', imageUrl: { url: 'file:///a' } }, /Image URL/],
	['an object without files', { options: { lastFrame: { a: 1 } } }, /^'Last Frame' is '/],
	['an empty object', { options: { referenceImages: [{}] } }, /^'Reference Images' is '/],
	[
		'a data URL of a PDF',
		{ binaryPropertyName: 'data:a;base64,JVBERi0xLjcK' },
		/not a PNG, JPEG or WebP/,
	],
	[
		'a data URL without base64',
		{ binaryPropertyName: 'data:image/png,abc' },
		/no file in the field/,
	],
])('%s is refused by the name of the field', async (_, values, message) => {
	expect(await refusalOf(imagesOf(values))).toMatch(message);
});

test('an optional image is not set if its list is empty', async () => {
	expect(await imagesOf({ options: { lastFrame: [], referenceImages: [] } })).not.toHaveProperty(
		'lastFrame',
	);
});

test('text never refers to a file that n8n stores, because it may come from a third party', async () => {
	const form = { stored: { 'disk:1': image } };
	const texts = [JSON.stringify(onDisk), JSON.stringify([onDisk]), '[{"value":"data"}]'];
	for (const given of [...texts, { value: texts[0] }])
		expect(await refusalOf(imagesOf({ binaryPropertyName: given }, form))).toMatch(
			/^'Input Binary Field' is /,
		);
	// Without content, only a file of the same item is accepted.
	const foreign = withoutData({ ...onDisk, id: 'disk:2' });
	expect(await refusalOf(imagesOf({ binaryPropertyName: foreign }, form))).toMatch(/has no file/);
});

test('a missing file is refused by the name of its field, with the fields that contain files', async () => {
	for (const [values, parameter] of [
		[{ binaryPropertyName: 'Your Photo' }, 'Input Binary Field'],
		[{ imageSource: 'url', imageUrl: { mimeType: 'image/png', id: 'drive' } }, 'Image URL'],
		[{ options: { lastFrame: 'Your Photo' } }, 'Last Frame'],
		[{ options: { referenceImages: ['Your Photo'] } }, 'Reference Images'],
	] as const) {
		const advice = await imagesOf(values).catch((error) => failureOf(error)?.advice);
		expect(advice).toBe(`Check '${parameter}'. This item has files in: 'data', 'end'.`);
	}
});

test('several attachments in Image URL are refused with advice about a URL', async () => {
	const attachments = ['a', 'b'].map((name) => ({ url: `https://example.com/${name}.png` }));
	const given = { imageSource: 'url', imageUrl: attachments };
	const advice = await imagesOf(given).catch((error) => failureOf(error)?.advice);
	expect(advice).toBe('Enter one URL that starts with https://.');
});

test('if two files are equal except for their content, none is chosen', async () => {
	const twin = { ...file, data: other.toString('base64') };
	const form = { items: [{ binary: { a: file, b: twin } }] };
	const given = { binaryPropertyName: withoutData(file) };
	expect(await refusalOf(imagesOf(given, form))).toMatch(/has no file/);
});

test('an image that is too large is refused before it is read, wherever it is stored', async () => {
	const large = Buffer.alloc(MAX_IMAGE_BYTES + 3);
	const form = { items: [{ binary: { data: onDisk } }], stored: { 'disk:1': large } };
	expect(await refusalOf(imagesOf({}, form))).toMatch(/is 15.1 MB, but at most 15.0 MB/);
	const url = `data:image/png;base64,${large.toString('base64')}`;
	const message = await refusalOf(imagesOf({ binaryPropertyName: url }));
	expect(message).toMatch(/^The image in 'data:image\/png;base64,AAAAAAAA…' is 15.1 MB/);
	const inMemoryForm = { items: [{ binary: { data: inMemory(Buffer.concat([image, large])) } }] };
	expect(await refusalOf(imagesOf({}, inMemoryForm))).toMatch(/at most 15.0 MB/);
});

test('the role of the image decides how it is sent', async () => {
	const images = await imagesOf({ options: { imageRole: 'Reference', referenceImages: 'end' } });
	expect(images.image).toBeUndefined();
	expect(images.referenceImages).toHaveLength(2);
});

test('clips are files in memory or stored, by name or by expression, and keep their order', async () => {
	const form = fakeForm({
		values: { clipFields: ['data', onDisk] },
		items: [{ binary: { data: file } }],
		stored: { 'disk:1': other },
	});
	const clips = await readClipFiles(form, [0]);
	expect(clips.map(({ name }) => name)).toEqual(['Clip 1 (boat.png)', 'Clip 2']);
	expect(clips.map(({ bytes }) => bytes)).toEqual([undefined, other.length]);
	const contents = await Promise.all(clips.map(async (clip) => await contentOf(await clip.open())));
	expect(contents).toEqual([image, other]);
	expect(clips[0].bytesInMemory).toBeGreaterThanOrEqual(image.length);
});

test.each<[string, unknown, RegExp]>([
	['', '', /^'Input Binary Fields' is empty/],
	['another field', 'clip', /^Item 0 has no file in the field 'clip'/],
	['an object', { a: 1 }, /^'Input Binary Fields' is '/],
])('a missing clip is refused by name: %s', async (_, clipFields, message) => {
	const form = fakeForm({
		values: { clipFields, soundField: clipFields },
		items: [{ binary: {} }],
	});
	expect(await refusalOf(readClipFiles(form, [0]))).toMatch(message);
	const asSound = new RegExp(message.source.replace('Input Binary Fields', 'Sound Binary Field'));
	expect(await refusalOf(readSoundFile(form.item))).toMatch(asSound);
});

async function contentOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
