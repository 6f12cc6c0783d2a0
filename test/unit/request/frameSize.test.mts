import { pixelSize } from '../../../nodes/Lumenfall/request/frameSize';

test.each([
	['16:9', '720p', '1280x720'],
	['9:16', '720p', '720x1280'],
	['1:1', '720p', '720x720'],
	['16:9', '1080p', '1920x1080'],
	['16:9', '480p', '854x480'],
	['9:16', '480p', '480x854'],
])('%s at %s is %s', (ratio, resolution, size) => {
	expect(pixelSize(ratio, resolution)).toBe(size);
});
