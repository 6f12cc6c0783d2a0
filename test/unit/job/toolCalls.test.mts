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
