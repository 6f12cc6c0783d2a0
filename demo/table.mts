/** Returns a small text table: one row per object, one column per key of the first object. */
export function tableOf(rows: Array<Record<string, string>>): string {
	const columns = Object.keys(rows[0]);
	const widths = columns.map((name) =>
		Math.max(name.length, ...rows.map((row) => row[name].length)),
	);
	const line = (cells: string[]) =>
		cells.map((cell, index) => cell.padEnd(widths[index])).join('  ');
	return [
		line(columns),
		line(widths.map((width) => '─'.repeat(width))),
		...rows.map((row) => line(columns.map((name) => row[name]))),
	].join('\n');
}
