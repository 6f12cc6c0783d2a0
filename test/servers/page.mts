import { ABILITIES, type Answers, type Server } from './server.mts';

/** Returns the generated part of docs/servers.md: what works on which server, and the messages for what does not. */
export function serverTables(servers: Server[], answers: Answers[]): string {
	return `${table(servers, answers)}\n${refusals(servers, answers)}`;
}

function table(servers: Server[], answers: Answers[]): string {
	const columns = ['Server', '*Base URL*', ...ABILITIES];
	const rows = servers.map(({ name, baseUrl }, index) => {
		const cells = ABILITIES.map((ability) => {
			const { works, words } = answers[index][ability] ?? {};
			if (works === undefined) return 'not run';
			if (!works) return 'No';
			return words ?? 'Yes';
		});
		return [name, `\`${baseUrl}\``, ...cells];
	});
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}

/** Returns the messages for abilities that do not work: each sentence once, with its servers. */
function refusals(servers: Server[], answers: Answers[]): string {
	const told = new Map<string, string[]>();
	servers.forEach(({ name }, index) => {
		for (const ability of ABILITIES) {
			const { works, words } = answers[index][ability] ?? {};
			if (works !== false) continue;
			const key = `${ability} | ${plain(words ?? '')}`;
			told.set(key, [...(told.get(key) ?? []), name]);
		}
	});
	const rows = [...told].map(([key, names]) => `| ${key} | ${names.join(', ')} |`);
	return (
		['| What does not work | Message | Server |', '| --- | --- | --- |', ...rows].join('\n') + '\n'
	);
}

/** Returns a message without IDs and the server's own text, which differ between servers. */
function plain(words: string): string {
	return words
		.replace(/(the|this) (server has no list of its videos): .*/i, '$1 $2')
		.replace(/(‹id› cannot be cancelled on this server): .*/, '$1')
		.replaceAll('|', '\\|');
}
