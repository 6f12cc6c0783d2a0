import { readStatus } from '../../../nodes/Lumenfall/job/status';

test.each([
	['queued', 'queued', 'queued'],
	['pending', 'queued', 'queued'],
	['submitted', 'queued', 'queued'],
	['in_progress', 'running', 'in_progress'],
	['in-progress', 'running', 'in_progress'],
	['In Progress', 'running', 'in_progress'],
	['processing', 'running', 'in_progress'],
	['completed', 'completed', 'completed'],
	['succeeded', 'completed', 'completed'],
	['SUCCESS', 'completed', 'completed'],
	['failed', 'failed', 'failed'],
	['expired', 'unknown', 'expired'],
	['cancelled', 'failed', 'cancelled'],
	['canceled', 'failed', 'cancelled'],
	['transmogrified', 'unknown', 'transmogrified'],
	['', 'unknown', 'unknown'],
	['in_queue', 'queued', 'queued'],
	['starting', 'running', 'in_progress'],
	['succeed', 'completed', 'completed'],
	['rejected', 'failed', 'rejected'],
])('the word "%s" means %s and is shown as "%s"', (word, phase, status) => {
	expect(readStatus(word)).toEqual({ phase, status });
});
