import { rows, type Row } from './row.mts';

/** Faults while the finished file is downloaded. */

const fetch = (on: 'media' | 'content'): Row[] =>
	rows(
		[on === 'media' ? 'lumenfall' : 'openai'],
		['Text to Video', 'Download'],
		[
			{
				wrong: 'the file breaks off in the middle',
				faults: [{ on, do: 'truncate' }],
				gets: 'video',
			},
			{
				wrong: 'the file stops in the middle, and the connection stays open',
				faults: [{ on, do: 'hang', phase: 'body' }],
				gets: 'video',
			},
			{
				wrong: 'the file drips',
				faults: [{ on, do: 'drip', part: 'body' }],
				gets: 'video',
			},
			{
				wrong: 'the file is never sent',
				faults: [{ on, do: 'hang', phase: 'before', times: 99 }],
				gets: /the server took too long to answer/,
				billed: 1,
			},
			{
				wrong: 'the file ends too soon without a sign',
				faults: [{ on, do: 'truncate-silently' }],
				gets: 'video',
			},
			{
				wrong: 'the file is empty',
				faults: [{ on, do: 'empty' }],
				gets: 'video',
			},
			{
				wrong: 'the file always breaks off',
				faults: [{ on, do: 'truncate', times: 99 }],
				gets: /could not be downloaded/,
				billed: 1,
			},
			{
				wrong: 'a web page comes instead of the file',
				faults: [{ on, do: 'html' }],
				gets: 'video',
			},
			{
				wrong: 'always a web page instead of the file',
				faults: [{ on, do: 'html', times: 99 }],
				gets: /could not be downloaded: the server sent a text or web page/,
				billed: 1,
			},
			{
				wrong: 'the file server is down for a moment (503)',
				faults: [{ on, do: 'status', status: 503, times: 2 }],
				gets: 'video',
			},
			{
				wrong: 'the file server stays down (503)',
				faults: [{ on, do: 'status', status: 503, times: 99 }],
				gets: /could not answer \(HTTP 503\)/,
				billed: 1,
			},
			{ wrong: 'the connection is cut', faults: [{ on, do: 'reset-before' }], gets: 'video' },
			{
				wrong: 'the file server redirects to another host',
				faults: [{ on, do: 'redirect' }],
				gets: 'video',
			},
			{
				wrong: 'the file has expired',
				faults: [{ on, do: 'expired', times: 99 }],
				gets: /has expired|not found/,
				billed: 1,
			},
		],
	);

export const fetching: Row[] = [
	...fetch('media'),
	...fetch('content'),
	...rows(
		['lumenfall'],
		['Text to Video'],
		[
			{
				wrong: 'the video is completed, but there is no file',
				faults: [{ on: 'create', do: 'no-file' }],
				gets: /is completed, but the server returned no file URL/,
				billed: 1,
			},
		],
	),
];
