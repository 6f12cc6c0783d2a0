import { bareId, isSameVideo } from '../../../nodes/Lumenfall/job/videoId';

test.each([
	['video_8f2k', 'video_8f2k', true],
	['video_8f2k', 'req_8f2k', true],
	['video_8f2k', '8f2k', true],
	['video_8f2k', 'video_9a1c', false],
	['my_video_8f2k', 'my_8f2k', false],
	['video_', 'req_x', false],
])('%s and %s belong to the same video: %s', (one, other, isSame) => {
	expect(isSameVideo(one, other)).toBe(isSame);
	expect(isSameVideo(other, one)).toBe(isSame);
});

test('an ID is the same without its prefix', () => {
	expect(bareId('req_video_1')).toBe('video_1');
});
