import { describeFile, imageTypeOf, videoTypeOf } from '../../../nodes/Lumenfall/media/fileType';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test('images are recognized by their bytes', () => {
	expect(imageTypeOf(bytes('\x89PNG\r\n\x1a\n....'))).toBe('image/png');
	expect(imageTypeOf(bytes('\xff\xd8\xff\xe0....'))).toBe('image/jpeg');
	expect(imageTypeOf(bytes('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp');
	expect(imageTypeOf(bytes('RIFF\0\0\0\0WAVEfmt '))).toBeUndefined();
	expect(imageTypeOf(bytes('%PDF-1.7'))).toBeUndefined();
	expect(imageTypeOf(Buffer.alloc(0))).toBeUndefined();
});

test('videos are recognized by their bytes', () => {
	expect(videoTypeOf(bytes('\0\0\0\x20ftypisom'))).toBe('video/mp4');
	expect(videoTypeOf(bytes('\0\0\0\x14ftypqt  '))).toBe('video/quicktime');
	for (const box of ['moov', 'mdat', 'wide'])
		expect(videoTypeOf(bytes(`\0\0\0\x08${box}....`))).toBe('video/quicktime');
	expect(videoTypeOf(bytes('\0\0\0\x18ftypM4A '))).toBeUndefined();
	expect(videoTypeOf(bytes('\x1a\x45\xdf\xa3....'))).toBe('video/webm');
	for (const brand of ['heic', 'mif1', 'avif'])
		expect(videoTypeOf(bytes(`\0\0\0\x18ftyp${brand}`))).toBeUndefined();
	for (const brand of ['jpx ', 'mif3', 'pict', 'F4A '])
		expect(videoTypeOf(bytes(`\0\0\0\x18ftyp${brand}`))).toBeUndefined();
	expect(videoTypeOf(bytes('\0\0\0\x08free\0\0\0\x20'))).toBe('video/quicktime');
	expect(videoTypeOf(bytes('\0\0\0\x0cfreexxxx\0\0\0\x20ftypisom'))).toBe('video/mp4');
	expect(videoTypeOf(bytes('\0\0\0\x08skip\0\0\0\x18ftypheic'))).toBeUndefined();
	expect(videoTypeOf(bytes('\xff\0\0\x08free\0\0\0\x20ftyp'))).toBe('video/quicktime');
	for (const text of ['The wide sea', 'The free plan', '<!doctype html>'])
		expect(videoTypeOf(bytes(text))).toBeUndefined();
});

test.each([
	['%PDF-1.7', 'a PDF'],
	['GIF89a', 'a GIF'],
	['\0\0\0\x18ftypheic', 'a HEIC image, as phones take them'],
	['\0\0\0\x18ftypmif1', 'a HEIC image, as phones take them'],
	['\0\0\0\x20ftypavif', 'an AVIF image'],
	['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'an AVIF image'],
	['\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf', 'a HEIC image, as phones take them'],
	['\0\0\0\x18ftypmif2', 'a HEIC image, as phones take them'],
	['\0\0\0\x18ftypM4A ', 'a sound file'],
	['\xef\xbb\xbf{"error":1}', 'JSON text'],
	['\n [{"error":1}]', 'JSON text'],
	['\n<html>', 'a text or web page'],
	['Not Found', 'a text or web page'],
	['\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL image'],
	['\xff\x0a\x00\x10', 'a JPEG XL image'],
	['\0\0\0\x0cjP  \r\n\x87\n', 'a JPEG 2000 image'],
	['\xff\x4f\xff\x51\x00\x2f', 'a JPEG 2000 image'],
	['\0\0\0\x20ftypisom', 'a video'],
	['<!doctype html>', 'a text or web page'],
	['{"error":1}', 'JSON text'],
	['\x89PNG\r\n\x1a\n....', 'an image'],
	['RIFF\0\0\0\0AVI LIST', 'an AVI video'],
	['RIFF\0\0\0\0WAVEfmt ', 'a sound file'],
	['ID3\x04', 'a sound file'],
	['\x1f\x8b\x08', 'a gzip file'],
	['8BPS\0\x01', 'a Photoshop file'],
	['II+\0', 'a TIFF image'],
	['<?xml version="1.0"?>\n<!-- x --><svg xmlns="x">', 'an SVG drawing'],
	['<!-- Made by hand --> <!DOCTYPE svg PUBLIC "x"><svg/>', 'an SVG drawing'],
	['<?xml version="1.0"?>\n<!DOCTYPE svg [\n<!ENTITY x "y">]>\n<svg>', 'an SVG drawing'],
	['<!-- a > b -->\n<svg>', 'an SVG drawing'],
	['<!DOCTYPE html><svg>', 'a text or web page'],
	['<div><svg>', 'a text or web page'],
	['<title>Nicht gefunden \xc3\xbc</title>', 'a text or web page'],
	['\xd0\x9f\xd1\x80\xd0', 'a text or web page'],
	['\xff\xfb\x90\x64', 'a sound file'],
	['\xff\xf1\x50\x80', 'a sound file'],
	['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'a WMV video'],
	['\x47\x40\0\x10', 'an MPEG video'],
	['%!PS-Adobe-3.0 EPSF-3.0', 'an EPS drawing'],
	['\0\0\0\0', 'a file of another kind'],
	['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'a text or web page'],
	['iVBORw0KGgoAAAANSUhEUg', 'base64 text'],
	['data:image/png;base64,iVBORw', 'base64 text'],
	['', 'empty'],
	['\x01\x02\x03', 'a file of another kind'],
])('%j is described for the user', (start, words) => {
	expect(describeFile(bytes(start))).toBe(words);
});
