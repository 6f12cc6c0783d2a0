import { rows, type Row } from './row.mts';

/** Faults before a video is created: of the model, of the model info, and of the cost. */

const NONE = { created: 0 };
const GONE = { models: { 'p-video': 'retired' } } as const;
const STANDS_IN = { options: { fallbackModels: 'mock-video, kling-v3' } };
/** Every request for models fails. */
const SILENT = { on: 'models', do: 'status', status: 500, times: 99 } as const;

export const choosing: Row[] = rows(
	['lumenfall'],
	['Text to Video'],
	[
		{ wrong: 'the model list is unavailable', faults: [SILENT], gets: 'video' },
		{
			wrong: 'the connection breaks while the model list is read',
			faults: [{ on: 'models', do: 'reset-before', times: 99 }],
			gets: 'video',
		},
		{ wrong: 'the model list contains only IDs', world: { modelList: 'minimal' }, gets: 'video' },
		{
			wrong: 'the model is retired',
			world: GONE,
			gets: /^The model 'p-video' is not available on this server/,
			...NONE,
		},
		{
			wrong: 'the model is switched off',
			world: { models: { 'p-video': 'disabled' } },
			gets: /^The model 'p-video' is not available on this server/,
			...NONE,
		},
		{
			wrong: 'the model is retired, and the first of two fallback models is available',
			world: GONE,
			form: STANDS_IN,
			gets: 'video',
			billed: 0,
		},
		{
			wrong: 'the model is retired, and the only fallback model cannot make the request',
			world: GONE,
			form: { seconds: 10, options: { fallbackModels: 'veo-3.1-fast' } },
			gets: /^The model 'p-video' is not available on this server/,
			...NONE,
		},
		{
			wrong: 'no provider is left for the model, and there is a fallback model',
			faults: [{ on: 'create', do: 'status', status: 502, times: 2 }],
			form: STANDS_IN,
			gets: 'video',
			billed: 0,
		},
		{
			wrong: 'the response to the create is lost, and there is a fallback model',
			faults: [{ on: 'create', do: 'reset-after' }],
			form: STANDS_IN,
			gets: 'video',
			billed: 1,
		},
		{
			wrong: "the video fails, and 'Fall Back When the Video Fails' is on",
			faults: [{ on: 'create', do: 'job-fails' }],
			form: { options: { ...STANDS_IN.options, fallbackOnFailure: true } },
			gets: 'video',
			created: 2,
			billed: 0,
		},
		{
			wrong: 'the duration is too long for the model',
			form: { seconds: 11 },
			gets: /P-Video supports at most 10 seconds/,
			...NONE,
		},
		{
			wrong: "the duration is too long for the model, with 'Use Nearest'",
			form: { seconds: 11, options: { unsupportedValues: 'nearest' } },
			gets: 'video',
		},
		{
			wrong: 'the video costs more than the maximum',
			form: { options: { maxCost: 0.01 } },
			gets: /would cost 0\.02 USD, but 'Max Cost' is 0\.01 USD/,
			...NONE,
		},
		{
			wrong: 'the dry run is unavailable, but the price is known',
			faults: [{ on: 'estimate', do: 'status', status: 404, body: 'Not here', times: 9 }],
			form: { options: { maxCost: 1 } },
			gets: 'video',
		},
		{
			wrong: "the price is unknown, and 'Max Cost' is set",
			faults: [{ on: 'estimate', do: 'status', status: 404, body: 'Not here', times: 9 }],
			form: { model: 'pixverse-v5.6', seconds: 5, resolution: '720p', options: { maxCost: 1 } },
			gets: /price of this video from PixVerse V5\.6 is unknown/,
			...NONE,
		},
		{
			wrong: 'the server treats the dry run as a create',
			faults: [{ on: 'estimate', do: 'creates-job' }],
			form: { prompt: '[fails]', options: { maxCost: 1 } },
			gets: /as a real create request, so a video \S+ may have been made/,
			billed: 0,
		},
		{
			wrong: 'the balance is known to be too low',
			world: { creditUsd: 0.01 },
			gets: /too little balance for this video: 0\.02 USD needed, 0\.01 USD available/,
			...NONE,
		},
	],
);
