import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LumenfallApi } from '../../../credentials/LumenfallApi.credentials';
import { FAILURE_KINDS, type Failure } from '../../../nodes/Lumenfall/errors/failure';
import { megabytes } from '../../../nodes/Lumenfall/errors/message';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node';
import { valueErrors } from '../../../nodes/Lumenfall/create/valueErrors';
import { modules, samples } from './messageSamples.mts';

/** Each error as it was created, and again with a video id that becomes known later. */
const allErrors = samples.flatMap(({ name, given, error }) => [
	{ name, given, failure: error.failure },
	{ name, given, failure: error.withVideoId?.('video_later').failure ?? error.failure },
]);

/** One test per message would mean thousands. The first few that break a rule are enough. */
function breaking(rule: (failure: Failure, text: string) => boolean): unknown[] {
	return allErrors
		.filter(({ failure }) => !rule(failure, `${failure.message} ${failure.advice}`))
		.slice(0, 5)
		.map(({ name, given, failure }) => ({ name, given, failure }));
}

test('no sentence contains a placeholder for a missing detail', () => {
	expect(
		breaking(
			(_, text) =>
				!/undefined|null|NaN|\[object|\{\}|Infinity| {2}|\s[.,:;]|\(\)|''/.test(withoutInput(text)),
		),
	).toEqual([]);
});

/** Removes the user's input, which is shown unchanged. */
function withoutInput(text: string): string {
	return text.replace(/ is (?:undefined|null|NaN|'[^']*')/g, ' is x');
}

test('no sentence contains the word that makes n8n end the execution as cancelled', () => {
	expect(breaking((_, text) => !/canceled/i.test(text))).toEqual([]);
});

test('every message states what happened, and every advice what to do, in whole sentences', () => {
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

test('an error contains the id of an existing video and the operations to use it, even if the id becomes known later', () => {
	expect(breaking(({ videoId }, text) => videoId === undefined || text.includes(videoId))).toEqual(
		[],
	);
	const learned = samples.map(({ error }) => error.withVideoId?.('video_later').failure);
	expect(learned.filter((failure) => failure && failure.videoId !== 'video_later')).toEqual([]);
});

test('every kind has a message', () => {
	const kinds = new Set(samples.map(({ error }) => error.failure.kind));
	expect([...kinds].sort()).toEqual([...FAILURE_KINDS].sort());
});

test('no sentence shows the secret parts of a URL', () => {
	expect(breaking((_, text) => !text.includes('s3cr3t'))).toEqual([]);
});

test('any value of a field is shown shortened', () => {
	const { message } = valueErrors.badSize('9'.repeat(5_000)).failure;
	expect(message.length).toBeLessThan(200);
});

const root = join(__dirname, '../../../nodes');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

/** Joining does not depend on n8n and has its own errors. */
const OF_MP4 = /media\/mp4\/joinErrors/;

test('the list of message files is complete', () => {
	const files = sources.filter((path) => path.endsWith('Errors.ts') && !OF_MP4.test(path));
	expect(files.map((path) => path.replace(/^Lumenfall\/|\.ts$/g, '')).sort()).toEqual(
		modules.map(({ file }) => file).sort(),
	);
});

test('no other file contains error messages', () => {
	const words = sources.filter(
		(path) =>
			!path.endsWith('Errors.ts') &&
			/import \{[^}]*\b(?:failure|invalid)\b[^}]*\} from '[./]+(?:errors\/)?message'/.test(
				readFileSync(join(root, path), 'utf8'),
			),
	);
	// n8n's own messages about an expression or a credential.
	expect(words.map((path) => basename(path))).toEqual(['nodeError.ts']);
});

test('parameters, options and operations have the names that the form shows', () => {
	const form = [Lumenfall, LumenfallTrigger].flatMap((Node) => new Node().description.properties);
	form.push(...new LumenfallApi().properties);
	const shown = new Set([...namesIn(form), ...WORDS_OF_N8N]);
	const named = allErrors.flatMap(({ failure: { message, advice } }) =>
		[...`${message} ${advice}`.matchAll(/'([A-Z][^']*)'/g)].map(([, name]) => name),
	);
	expect([...new Set(named)].filter((name) => !shown.has(name))).toEqual([]);
});

const WORDS_OF_N8N = ['Edit Image', 'HTTP Request', 'Lumenfall Trigger', 'WEBHOOK_URL', 'Sora-2'];

/** Returns every name in a description, at any depth. */
function namesIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		typeof inner === 'string' && ['displayName', 'name'].includes(key) ? [inner] : namesIn(inner),
	);
}

test('a size above a limit never reads like the limit', () => {
	expect([100_000_000, 100_000_001, 1_100_000].map(megabytes)).toEqual(['100.0', '100.1', '1.1']);
});
