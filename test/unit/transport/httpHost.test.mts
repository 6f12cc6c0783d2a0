import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { stopSwitchOf } from '../../../nodes/Lumenfall/transport/httpHost';
import { openRunStage } from '../../support/runStage.mts';

describe('the stop switch of a run', () => {
	const reasonOf = (stop: ReturnType<typeof stopSwitchOf>) => {
		try {
			stop.throwIfStopped();
			return undefined;
		} catch (error) {
			return failureOf(error)?.kind;
		}
	};

	test('flips when the user stops the execution', () => {
		const { execution, cancel } = openRunStage();
		const stop = stopSwitchOf(execution);
		expect(stop.isStopped).toBe(false);
		cancel.abort();
		expect(reasonOf(stop)).toBe('stopped');
	});

	test('is flipped from the start if the execution is already stopped', () => {
		const { execution, cancel } = openRunStage();
		cancel.abort();
		expect(reasonOf(stopSwitchOf(execution))).toBe('stopped');
	});

	test('never flips if n8n has no cancel signal', () => {
		const { execution } = openRunStage();
		execution.getExecutionCancelSignal = () => undefined;
		expect(stopSwitchOf(execution).isStopped).toBe(false);
	});
});
