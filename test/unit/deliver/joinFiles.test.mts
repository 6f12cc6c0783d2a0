/** @jest-environment ./test/support/nativeEnvironment.mjs */
import type { IExecuteFunctions } from 'n8n-workflow';
import { joinFiles } from '../../../nodes/Lumenfall/deliver/joinFiles';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import { loadClips, sourceOf } from '../media/mp4/joinSupport.mts';

test('after a Stop, no further clip is read and no video is stored', async () => {
	const file = await (await loadClips()).makeClip({ look: 1, seconds: 0.3 });
	const stop = new StopSwitch();
	const opened: string[] = [];
	const clips = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'].map((name) => {
		const { open, ...source } = sourceOf(file, name);
		return {
			...source,
			bytesInMemory: file.length,
			async open() {
				opened.push(name);
				if (name === 'c.mp4') stop.stop(runErrors.stopped());
				return await open();
			},
		};
	});
	const prepareBinaryData = jest.fn();
	const execution = { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions;

	const joined = joinFiles(execution, stop, {
		clips,
		sound: 'keep',
		differentSound: 'refuse',
		usualName: 'joined-video',
	});
	await expect(joined).rejects.toMatchObject({ failure: { kind: 'stopped' } });
	expect(opened).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
	expect(prepareBinaryData).not.toHaveBeenCalled();
});
