import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RenderOptions } from '../../sandbox/renderer/renderQueue.mts';
import type { RenderRequest } from '../../sandbox/renderer/renderRequest.mts';
import { native } from '../support/native.mts';

const request: RenderRequest = { width: 64, height: 36, seconds: 1, prompt: '', model: 'sora-2' };

let renderCache: string;
beforeEach(async () => (renderCache = await mkdtemp(join(tmpdir(), 'render-cache-'))));
afterEach(async () => await rm(renderCache, { recursive: true }));

/** Renders in a sandbox of its own, which deletes its files when it closes. */
async function render(change: Partial<RenderRequest> = {}, options: RenderOptions = {}) {
	const { createRenderQueue } = await native<
		typeof import('../../sandbox/renderer/renderQueue.mts')
	>('./sandbox/renderer/renderQueue.mts');
	const queue = await createRenderQueue({ renderCache, ...options });
	const { path, bytes } = await queue.render({ ...request, ...change });
	const file = await readFile(path);
	expect(file).toHaveLength(bytes);
	await queue.close();
	await expect(stat(path)).rejects.toThrow('ENOENT');
	return file;
}

/** The kept videos, as paths in the only folder of the cache. */
async function kept(): Promise<string[]> {
	const [version, ...others] = await readdir(renderCache);
	expect(others).toEqual([]);
	return (await readdir(join(renderCache, version))).map((name) =>
		join(renderCache, version, name),
	);
}

test('a later sandbox serves the kept video instead of rendering it again', async () => {
	const rendered = await render();
	const [path] = await kept();
	expect(await readFile(path)).toEqual(rendered);

	await writeFile(path, 'kept');
	expect((await render()).toString()).toBe('kept');
	expect(await render({ prompt: 'another' })).not.toHaveLength(4);
	expect(await kept()).toHaveLength(2);
});

test('a padded video is kept without its padding', async () => {
	const padded = await render({}, { fileBytes: 200_000 });
	expect(padded).toHaveLength(200_000);
	expect((await render()).length).toBeLessThan(200_000);
	expect(await kept()).toHaveLength(1);
});

test('videos of another version of the renderer are deleted', async () => {
	await mkdir(join(renderCache, 'older'));
	await writeFile(join(renderCache, 'older/video.mp4'), 'older');
	const rendered = await render();
	expect(await readFile((await kept())[0])).toEqual(rendered);
});
