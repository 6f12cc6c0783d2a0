import { HttpResponse } from '../../../nodes/Lumenfall/transport/httpResponse';
import { targetWithKey } from '../../../nodes/Lumenfall/transport/connection';

const url = 'https://api.example.com/v1/videos';

test.each<[string, number, string, boolean]>([
	['GET', 302, '/v2/videos', true],
	['GET', 301, 'https://api.example.com/v2/videos', true],
	['GET', 302, 'https://cdn.example.com/v1/videos', false],
	['GET', 302, 'http://api.example.com/v1/videos', false],
	['GET', 302, 'https://api.example.com:8443/v1/videos', false],
	['GET', 201, '/v1/videos/video_1', false],
	['GET', 304, 'http://', false],
	['POST', 307, '/v2/videos', true],
	['POST', 307, 'https://other.example.com/v1/videos', false],
	['POST', 303, '/v1/videos/video_1', false],
	['DELETE', 302, '/v2/videos', false],
])(
	'a %s with the response %i to %s is sent there with the key: %j',
	(method, statusCode, location, isSent) => {
		const response = new HttpResponse({ statusCode, headers: { location }, body: '' });
		expect(targetWithKey(response, { method, url })).toBe(
			isSent ? new URL(location, url).href : undefined,
		);
	},
);
