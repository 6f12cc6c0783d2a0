import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Keeps rendered videos in a folder, for later sandboxes. The name of a video's file tells what it shows. */
interface RenderCache {
	/** Copies the kept video of this name to the path. False if there is none. */
	copyTo(path: string): Promise<boolean>;
	keep(path: string): Promise<void>;
}

/** Computed once: tests open hundreds of sandboxes. */
let version: Promise<string> | undefined;

/** Opens the cache, and deletes the videos of other versions of the renderer. */
export async function openRenderCache(parent: string): Promise<RenderCache> {
	version ??= rendererVersion();
	const current = await version;
	const folder = join(parent, current);
	await mkdir(folder, { recursive: true });
	for (const other of await readdir(parent))
		if (other !== current) await rm(join(parent, other), { recursive: true, force: true });

	return {
		copyTo: async (path) =>
			await copyFile(join(folder, basename(path)), path).then(
				() => true,
				() => false,
			),
		// Other processes read the folder meanwhile, so a file in it is complete or does not exist.
		keep: async (path) => {
			const partial = join(folder, `${basename(path)}.${process.pid}.part`);
			await copyFile(path, partial);
			await rename(partial, join(folder, basename(path)));
		},
	};
}

/** Returns the hash of the code that renders and of the versions of its libraries. */
async function rendererVersion(): Promise<string> {
	const here = import.meta.dirname;
	const sources = (await readdir(here)).sort().map((name) => join(here, name));
	const hash = createHash('sha256');
	for (const file of [...sources, join(here, '../../package.json')])
		hash.update(await readFile(file));
	return hash.digest('hex').slice(0, 16);
}
