import type { Pixels } from '../pixels';
import { instantiate, type WasmExports, type WasmModule } from './webAssembly';

/** Decodes and encodes images. Each image gets its own codec, so that all memory is released with it. */
interface Codec {
	/**
	 * Returns the pixels of a PNG, JPEG or WebP file, without applying the orientation. They are a view of the codec's
	 * own memory and valid only until its next use.
	 * @throws any error if the file is damaged; the codec cannot be used afterwards
	 */
	decode(file: Buffer): Pixels;
	encode(pixels: Pixels, type: EncodedType): Buffer;
}

/** The types that images are encoded to. */
export type EncodedType = 'image/png' | 'image/jpeg';

/**
 * The functions of the module that are used: Rust functions as wasm-bindgen exports them. Pointers are byte offsets.
 */
interface Photon extends WasmExports {
	__wbindgen_start(): void;
	__wbindgen_malloc(bytes: number, alignment: number): number;
	/** Takes ownership of the buffer and frees it. */
	photonimage_new_from_byteslice(pointer: number, bytes: number): number;
	/** Takes ownership of the buffer. */
	photonimage_new(pointer: number, bytes: number, width: number, height: number): number;
	photonimage_get_width(image: number): number;
	photonimage_get_height(image: number): number;
	photonimage_get_raw_pixels(image: number): Slice;
	photonimage_get_bytes(image: number): Slice;
	photonimage_get_bytes_jpeg(image: number, quality: number): Slice;
	__wbg_photonimage_free(image: number, isWeak: number): void;
}

type Slice = [pointer: number, bytes: number];

/** No visible artifacts for a video model, at a tenth of the size of a PNG. */
const JPEG_QUALITY = 92;

let compiled: Promise<WasmModule> | undefined;

/** Opens a codec with its own memory. The module is read and compiled for the first one. */
export async function openCodec(): Promise<Codec> {
	compiled ??= import('./photonModule').then(async ({ compilePhoton }) => await compilePhoton());
	const photon = await instantiate<Photon>(await compiled);
	photon.__wbindgen_start();

	const put = (bytes: Uint8Array): number => {
		const pointer = photon.__wbindgen_malloc(bytes.length, 1);
		new Uint8Array(photon.memory.buffer).set(bytes, pointer);
		return pointer;
	};
	const bytesAt = ([pointer, bytes]: Slice) => new Uint8Array(photon.memory.buffer, pointer, bytes);

	return {
		decode(file) {
			const image = photon.photonimage_new_from_byteslice(put(file), file.length);
			const width = photon.photonimage_get_width(image);
			const height = photon.photonimage_get_height(image);
			const rgba = bytesAt(photon.photonimage_get_raw_pixels(image));
			photon.__wbg_photonimage_free(image, 0);
			return { width, height, rgba };
		},

		encode({ rgba, width, height }, type) {
			const image = photon.photonimage_new(put(rgba), rgba.length, width, height);
			const file = bytesAt(
				type === 'image/png'
					? photon.photonimage_get_bytes(image)
					: photon.photonimage_get_bytes_jpeg(image, JPEG_QUALITY),
			);
			return Buffer.from(file);
		},
	};
}
