import { parseFlags, readPort, UsageError } from './commandLine.mts';
import { dialects, type DialectName } from './dialects/index.mts';
import { listModels, type ModelState } from './models/models.mts';
import type { SandboxOptions } from './sandbox.mts';

const names = Object.keys(dialects) as DialectName[];

export const USAGE = `npm run sandbox -- [flags]

  --dialect <name>              the server to imitate (default lumenfall):
                                ${names.join(', ')}
  --port <number>               port of the API (default 4010)
  --media-port <number>         port of the finished files (default 0: any free port)
  --job-seconds <seconds>       time that a video takes (default 6)
  --pace <model>=<factor>       makes the videos of a model slower by this factor; may be repeated
  --speed <factor>              sandbox seconds per real second (default 1)
  --model-list minimal|rich     model list with IDs only, or with all details (default rich); lumenfall only
  --retired <model>             a model that does not exist; may be repeated; lumenfall only
  --disabled <model>            a model that is listed, but refused; may be repeated; lumenfall only
  --credit <usd>|none           prepaid credit, or none for a postpaid account (default 1000);
                                lumenfall and openrouter only
  --help                        show this help
`;

const oneText = { type: 'string' } as const;
const severalTexts = { type: 'string', multiple: true } as const;
const options = {
	dialect: oneText,
	port: oneText,
	'media-port': oneText,
	'job-seconds': oneText,
	pace: severalTexts,
	speed: oneText,
	'model-list': oneText,
	retired: severalTexts,
	disabled: severalTexts,
	credit: oneText,
	help: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parseFlags<typeof options>>;

// The dialects of each flag. A flag without effect would look like a defect, so it is refused.
const dialectsWith: Partial<Record<keyof Values, DialectName[]>> = {
	'model-list': ['lumenfall'],
	retired: ['lumenfall'],
	disabled: ['lumenfall'],
	credit: ['lumenfall', 'openrouter'],
};

/** Reads the sandbox options of the command line, or `help`. Throws a UsageError if they are invalid. */
export function readFlags(args: string[]): (SandboxOptions & { dialect: DialectName }) | 'help' {
	const values = parseFlags(args, options);
	if (values.help) return 'help';
	const dialect = readChoice('--dialect', values.dialect, names) ?? 'lumenfall';
	requireEffect(values, dialect);
	return {
		dialect,
		port: readPort('--port', values.port ?? '4010', 0),
		mediaPort: readPort('--media-port', values['media-port'] ?? '0', 0),
		jobSeconds: readPositive('--job-seconds', values['job-seconds']),
		paces: readPaces(values.pace, dialect),
		speed: readPositive('--speed', values.speed),
		modelList: readChoice('--model-list', values['model-list'], ['minimal', 'rich']),
		models: readStates(values.retired, values.disabled),
		creditUsd: readCredit(values.credit),
	};
}

function requireEffect(values: Values, dialect: DialectName) {
	for (const [flag, where] of Object.entries(dialectsWith)) {
		if (values[flag as keyof Values] === undefined || where.includes(dialect)) continue;
		throw new UsageError(`--${flag} is for --dialect ${where.join(' and ')}, not '${dialect}'`);
	}
}

function readChoice<Choice extends string>(
	what: string,
	value: string | undefined,
	choices: Choice[],
): Choice | undefined {
	if (value === undefined || choices.includes(value as Choice)) return value as Choice | undefined;
	throw new UsageError(`${what} is one of ${choices.join(', ')}, not '${value}'`);
}

function readPositive(what: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	if (isAmount(value) && Number(value) > 0) return Number(value);
	throw new UsageError(`${what} is a number above 0, not '${value}'`);
}

function readCredit(credit: string | undefined): number | null | undefined {
	if (credit === undefined) return undefined;
	if (credit === 'none') return null;
	if (isAmount(credit)) return Number(credit);
	throw new UsageError(`--credit is an amount in USD or none, not '${credit}'`);
}

/** Accepts only digits, because `Number` converts an empty text to 0. */
function isAmount(value: string): boolean {
	return /^(\d+(\.\d*)?|\.\d+)$/.test(value);
}

function readPaces(pace: string[] = [], dialect: DialectName): Record<string, number> {
	return Object.fromEntries(
		pace.map((text) => {
			const [, model, factor] = /^([^=]+)=(.*)$/.exec(text) ?? [];
			if (model === undefined) throw new UsageError(`--pace is <model>=<factor>, not '${text}'`);
			// Other dialects accept any model name.
			if (dialect === 'lumenfall') requireModel('--pace', model);
			return [model, readPositive(`--pace ${model}`, factor)!];
		}),
	);
}

function readStates(retired: string[] = [], disabled: string[] = []): Record<string, ModelState> {
	for (const id of retired) {
		requireModel('--retired', id);
		if (disabled.includes(id)) throw new UsageError(`--retired and --disabled both name '${id}'`);
	}
	disabled.forEach((id) => requireModel('--disabled', id));
	return {
		...Object.fromEntries(retired.map((id) => [id, 'retired'])),
		...Object.fromEntries(disabled.map((id) => [id, 'disabled'])),
	};
}

function requireModel(flag: string, id: string) {
	const ids = listModels().map((model) => model.id);
	if (!ids.includes(id))
		throw new UsageError(`${flag} names '${id}', but there are only ${ids.join(', ')}`);
}
