import { openToolCall } from '../../../nodes/Lumenfall/job/toolCalls';

test('every try of a call in an execution finds the records of the try before', () => {
	const first = openToolCall('7/node', true, 0);
	first.context.jobs = { a: 1 };
	first.close(false);
	const second = openToolCall('7/node', true, 1_000);
	expect(second.context).toBe(first.context);
	second.close(true);
	expect(openToolCall('7/node', true, 2_000).context).toBe(first.context);
	expect(openToolCall('8/node', true, 2_000).context).not.toBe(first.context);
});

test('without an execution, a try uses the records of a failed one', () => {
	const first = openToolCall('/node/words', false, 0);
	first.close(false);
	expect(openToolCall('/node/words', false, 5_000).context).toBe(first.context);
});

test('without an execution, two clients with the same arguments get separate records', () => {
	const one = openToolCall('/node/same', false, 0);
	const other = openToolCall('/node/same', false, 0);
	expect(other.context).not.toBe(one.context);
});

test('without an execution, a call that succeeded is finished, and the same arguments are a new call', () => {
	const first = openToolCall('/node/again', false, 0);
	first.close(true);
	expect(openToolCall('/node/again', false, 1_000).context).not.toBe(first.context);
});

test('records are removed after hours, but never while a try is running', () => {
	const done = openToolCall('9/old', true, 0);
	done.close(false);
	const running = openToolCall('9/running', true, 0);
	const later = 7 * 3_600_000;
	expect(openToolCall('9/old', true, later).context).not.toBe(done.context);
	expect(openToolCall('9/running', true, later).context).toBe(running.context);
});

test('without an execution, the records of a failed client stay its own, whatever another client does', () => {
	const failed = openToolCall('/node/two', false, 0);
	const other = openToolCall('/node/two', false, 0);
	failed.close(false);
	other.close(true);
	expect(openToolCall('/node/two', false, 1_000).context).toBe(failed.context);
});

test('without an execution, as many clients that fail together retry with as many records', () => {
	const open = () => openToolCall('/node/three', false, 0);
	const first = [open(), open(), open()];
	for (const call of first) call.close(false);
	const again = [open(), open(), open()];
	expect(again.map(({ context }) => context)).toEqual(first.map(({ context }) => context));
	expect(new Set(again.map(({ context }) => context)).size).toBe(3);

	// One of them retries while the others still run.
	again[1].close(false);
	expect(open().context).toBe(first[1].context);
});

test('the age of records counts from their last use', () => {
	const hour = 3_600_000;
	const first = openToolCall('9/used', true, 4 * hour);
	first.close(false);
	const again = openToolCall('9/used', true, 9 * hour);
	again.close(false);
	expect(openToolCall('9/used', true, 14 * hour).context).toBe(first.context);
});

test('of more than a thousand calls, the oldest are removed', () => {
	const calls = Array.from({ length: 1_001 }, (_, index) => openToolCall(`many/${index}`, true, 0));
	for (const call of calls) call.close(false);
	expect(openToolCall('many/1000', true, 1).context).toBe(calls[1_000].context);
	expect(openToolCall('many/0', true, 1).context).not.toBe(calls[0].context);
});
