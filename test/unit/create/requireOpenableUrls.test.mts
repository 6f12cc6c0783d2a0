import { requireOpenableUrls } from '../../../nodes/Lumenfall/create/requireOpenableUrls';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';
import { REQUEST } from '../../support/createStage.mts';

const LUMENFALL = 'https://api.lumenfall.ai/openai/v1';

function messageFor(request: Partial<VideoRequest>, baseUrl = LUMENFALL): string | undefined {
	try {
		requireOpenableUrls({ ...REQUEST, ...request }, baseUrl);
		return undefined;
	} catch (error) {
		return failureOf(error)?.message;
	}
}

const inField: Record<string, (url: string) => Partial<VideoRequest>> = {
	'Image URL': (url) => ({ image: { kind: 'url', url } }),
	'Last Frame': (url) => ({ lastFrame: { kind: 'url', url } }),
	'Reference Images': (url) => ({ referenceImages: [{ kind: 'url', url }] }),
	'Video URL': (url) => ({
		source: { change: 'edit', video: { kind: 'url', url }, way: 'videoUrl' },
	}),
	'Reference Videos': (url) => ({ referenceVideos: ['https://cdn.example.com/a.mp4', url] }),
	'Reference Audio': (url) => ({ referenceAudio: [url] }),
};

test.each(Object.entries(inField))(
	"a URL of the user's network in '%s' is refused for a service on the internet",
	(parameter, inThisField) => {
		expect(messageFor(inThisField('http://localhost:5678/files/a.png?token=t'))).toBe(
			`'${parameter}' is 'http://localhost:5678/files/a.png', which the server cannot open: it refers to this machine only`,
		);
		expect(messageFor(inThisField('https://cdn.example.com/a.png'))).toBeUndefined();
	},
);

test.each([
	'http://127.0.0.1/a',
	'http://192.168.1.20/a',
	'http://minio:9000/a',
	'http://nas.local/a',
])('%s cannot be opened from the internet', (url) =>
	expect(messageFor(inField['Image URL'](url))).toMatch(/cannot open/),
);

test.each([
	'http://localhost:8000/v1',
	'http://192.168.1.5:8000/v1',
	'https://videos.example.com/v1',
	'https://lumenfall.ai.example.com/v1',
	// Takes files only, so the node downloads the image itself.
	'https://api.openai.com/v1',
])('the server %s may get an image of the same network', (baseUrl) => {
	expect(messageFor(inField['Image URL']('http://nas.local/a.png'), baseUrl)).toBeUndefined();
});

test.each([
	'https://openrouter.ai/api/v1',
	'https://eu.openrouter.ai/api/v1',
	'https://api.x.ai/v1',
])('%s is a service on the internet', (baseUrl) => {
	expect(messageFor(inField['Image URL']('http://nas.local/a.png'), baseUrl)).toBeDefined();
});
