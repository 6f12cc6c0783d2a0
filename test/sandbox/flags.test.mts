import { spawnSync } from 'node:child_process';
import { native } from '../support/native.mts';

type Flags = typeof import('../../sandbox/flags.mts');
type CommandLine = typeof import('../../sandbox/commandLine.mts');
let flags: Flags;
let commandLine: CommandLine;
beforeAll(async () => {
	flags = await native<Flags>('./sandbox/flags.mts');
	commandLine = await native<CommandLine>('./sandbox/commandLine.mts');
});
const read = (line: string) => flags.readFlags(line === '' ? [] : line.split(' '));

describe('The command line', () => {
	it('needs no flags', () => {
		expect(read('')).toEqual({
			dialect: 'lumenfall',
			port: 4010,
			mediaPort: 0,
			paces: {},
			models: {},
		});
	});

	it.each<[string, object]>([
		['--dialect vllm-omni', { dialect: 'vllm-omni' }],
		['--port 0 --media-port 4011', { port: 0, mediaPort: 4011 }],
		['--job-seconds 0.5 --speed 10', { jobSeconds: 0.5, speed: 10 }],
		['--model-list minimal', { modelList: 'minimal' }],
		['--credit 5', { creditUsd: 5 }],
		['--credit 0', { creditUsd: 0 }],
		['--credit none', { creditUsd: null }],
		['--dialect openrouter --credit .5', { creditUsd: 0.5 }],
		['--pace p-video=0.2 --pace kling-v3=2', { paces: { 'p-video': 0.2, 'kling-v3': 2 } }],
		['--dialect sglang --pace my/model=3', { paces: { 'my/model': 3 } }],
		[
			'--retired sora-2 --retired p-video --disabled kling-v3',
			{ models: { 'sora-2': 'retired', 'p-video': 'retired', 'kling-v3': 'disabled' } },
		],
	])('%s is understood', (line, options) => {
		expect(read(line)).toMatchObject(options);
	});

	it.each<[string, RegExp]>([
		['--color red', /^Unknown option '--color'/],
		['--port', /--port/],
		['--port 70000', /^--port is a whole number from 0 to 65535, not '70000'$/],
		['--media-port x', /^--media-port is a whole number/],
		['--speed 0', /^--speed is a number above 0, not '0'$/],
		['--job-seconds soon', /^--job-seconds is a number above 0, not 'soon'$/],
		['--dialect klingon', /^--dialect is one of lumenfall, .*vllm-omni, xai, not 'klingon'$/],
		['--model-list full', /^--model-list is one of minimal, rich, not 'full'$/],
		['--credit=', /^--credit is an amount in USD or none, not ''$/],
		['--credit $5', /^--credit is an amount in USD or none, not '\$5'$/],
		['--pace p-video', /^--pace is <model>=<factor>, not 'p-video'$/],
		['--pace p-video=', /^--pace p-video is a number above 0, not ''$/],
		['--pace sora-9=2', /^--pace names 'sora-9', but there are only sora-2, /],
		['--retired sora-9', /^--retired names 'sora-9', but there are only sora-2, /],
		['--disabled kling-3', /^--disabled names 'kling-3', but there are only .*kling-v3/],
		['--retired sora-2 --disabled sora-2', /^--retired and --disabled both name 'sora-2'$/],
		['--dialect openai --retired sora-2', /^--retired is for --dialect lumenfall, not 'openai'$/],
		[
			'--dialect azure --credit 5',
			/^--credit is for --dialect lumenfall and openrouter, not 'azure'$/,
		],
	])('%s is refused with a message that names the flag', (line, message) => {
		expect(() => read(line)).toThrow(message);
		expect(() => read(line)).toThrow(commandLine.UsageError);
	});

	it('explains its flags on request', () => {
		expect(read('--speed 2 --help')).toBe('help');
		for (const flag of ['dialect', 'pace', 'model-list', 'retired', 'disabled', 'credit']) {
			expect(flags.USAGE).toContain(`--${flag} `);
		}
	});

	it.each([
		['--speed fast', 2],
		['--help', 0],
	])('%s ends with code %i, and the explanation', (line, code) => {
		const args = ['--import', 'tsx', 'sandbox/main.mts', ...line.split(' ')];
		const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
		expect([status, code === 0 ? stdout : stderr]).toEqual([
			code,
			expect.stringContaining('npm run sandbox -- [flags]'),
		]);
	});
});
