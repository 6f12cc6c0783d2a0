import { allProfiles, profileOf } from '../../../nodes/Lumenfall/models/profiles';

test.each([
	['sora-2', 'sora-2'],
	[' Sora-2 ', 'sora-2'],
	['openai/sora-2', 'sora-2'],
	['sora-2-2025-12-08', 'sora-2'],
	['fal/sora-2-pro-2025-10-06', 'sora-2-pro'],
	['fal/kling-v3', 'kling-v3'],
	['kling-video-v3', 'kling-v3'],
	['veo-3.1-lite-generate-preview', 'veo-3.1-lite'],
	['grok-video', 'grok-imagine-video'],
])('%s has the profile of %s', (model, id) => {
	expect(profileOf(model)?.id).toBe(id);
});

test.each(['sora-20', 'my-sora-2', 'kling-v4', 'wan-2.7', ''])(
	'%s has no profile, so no limits are enforced',
	(model) => {
		expect(profileOf(model)).toBeUndefined();
	},
);

test('no name occurs twice in the profiles, and no list in them is empty', () => {
	const names = allProfiles().flatMap(({ id, aliases = [] }) => [id, ...aliases]);
	expect(new Set(names).size).toBe(names.length);
	for (const profile of allProfiles()) {
		const lists = [profile, profile.seconds ?? {}, profile.images ?? {}].flatMap(Object.values);
		expect(lists.filter((value) => Array.isArray(value) && value.length === 0)).toEqual([]);
	}
});
