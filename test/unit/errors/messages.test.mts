import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LumenfallApi } from '../../../credentials/LumenfallApi.credentials';
import { FAILURE_KINDS, type Failure } from '../../../nodes/Lumenfall/errors/failure';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { inputErrors } from '../../../nodes/Lumenfall/parameters/inputErrors';
import { modules, samples } from './messageSamples.mts';

/** Whatever may be learnt of each later: the same error with the id of a video. */
const allErrors = samples.flatMap(({ name, given, error }) => [
	{ name, given, failure: error.failure },
	{ name, given, failure: error.withVideoId?.('video_later').failure ?? error.failure },
]);

/** One test per message would be thousands; the first few that break a rule tell enough. */
function breaking(rule: (failure: Failure, text: string) => boolean): unknown[] {
	return allErrors
		.filter(({ failure }) => !rule(failure, `${failure.message} ${failure.advice}`))
		.slice(0, 5)
		.map(({ name, given, failure }) => ({ name, given, failure }));
}

test('no sentence shows a fact that is not there', () => {
	expect(
		breaking(
			(_, text) =>
				!/undefined|null|NaN|\[object|\{\}|Infinity| {2}|\s[.,:;]|\(\)|''/.test(withoutInput(text)),
		),
	).toEqual([]);
});

/** What the user entered is shown as it is. */
function withoutInput(text: string): string {
	return text.replace(/ is (?:undefined|null|NaN|'[^']*')/g, ' is x');
}

test('no sentence has the word that ends an n8n execution as cancelled', () => {
	expect(breaking((_, text) => !/canceled/i.test(text))).toEqual([]);
});

test('every message says what happened, and every advice what to do, in whole sentences', () => {
	expect(breaking(({ message }) => /^['A-Z].*[^.\s]$/.test(message))).toEqual([]);
	expect(breaking(({ advice }) => /^[A-Z].*[^.]\.$/.test(advice))).toEqual([]);
	expect(
		breaking(
			({ advice }) =>
				/'[A-Z][^']*'/.test(advice) ||
				/\b(?:Check|Copy|Choose|Enter|Run|Use|Try|Remove|Convert|Download|Describe|Add|Shorten|Fix|Top up|Ask|Save|report)\b/.test(
					advice,
				),
		),
	).toEqual([]);
});

test('an existing video is named, with the operations that pick it up, also where its id is learnt later', () => {
	expect(breaking(({ videoId }, text) => videoId === undefined || text.includes(videoId))).toEqual(
		[],
	);
	const learnt = samples.map(({ error }) => error.withVideoId?.('video_later').failure);
	expect(learnt.filter((failure) => failure && failure.videoId !== 'video_later')).toEqual([]);
});

test('every kind has a message', () => {
	const kinds = new Set(samples.map(({ error }) => error.failure.kind));
	expect([...kinds].sort()).toEqual([...FAILURE_KINDS].sort());
});

test('no sentence shows what must stay secret in a URL', () => {
	expect(breaking((_, text) => !text.includes('s3cr3t'))).toEqual([]);
});

test('whatever a field holds is shown bounded and in one piece', () => {
	const { message } = inputErrors.badSize('9'.repeat(5_000)).failure;
	expect(message.length).toBeLessThan(200);
});

const root = join(__dirname, '../../../nodes');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

/** Joining is a subject without n8n, with errors of its own. */
const OF_MP4 = /media\/mp4\/joinErrors/;

test('these are all message files', () => {
	const files = sources.filter((path) => path.endsWith('Errors.ts') && !OF_MP4.test(path));
	expect(files.map((path) => path.replace(/^Lumenfall\/|\.ts$/g, '')).sort()).toEqual(
		modules.map(({ file }) => file).sort(),
	);
});

test('no other file words an error', () => {
	const words = sources.filter(
		(path) =>
			!path.endsWith('Errors.ts') &&
			/import \{[^}]*\b(?:failure|invalid)\b[^}]*\} from '[./]+(?:errors\/)?message'/.test(
				readFileSync(join(root, path), 'utf8'),
			),
	);
	// n8n's own words about an expression or a credential.
	expect(words.map((path) => basename(path))).toEqual(['nodeError.ts']);
});

test('parameters, options and operations are called as the form shows them', () => {
	const form = [...new Lumenfall().description.properties, ...new LumenfallApi().properties];
	const shown = new Set([...namesIn(form), ...WORDS_OF_N8N]);
	const named = allErrors.flatMap(({ failure: { message, advice } }) =>
		[...`${message} ${advice}`.matchAll(/'([A-Z][^']*)'/g)].map(([, name]) => name),
	);
	expect([...new Set(named)].filter((name) => !shown.has(name))).toEqual([]);
});

const WORDS_OF_N8N = ['Edit Image', 'HTTP Request', 'Lumenfall Trigger', 'WEBHOOK_URL', 'Sora-2'];

/** Every name in a description, at any depth. */
function namesIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		typeof inner === 'string' && ['displayName', 'name'].includes(key) ? [inner] : namesIn(inner),
	);
}
