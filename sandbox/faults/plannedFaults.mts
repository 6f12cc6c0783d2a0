import { faultSchema, type ActiveFault, type FaultPoint } from './faultSchema.mts';

export interface Faults {
	/** Plans faults. Throws a ZodError and plans nothing if one of them is invalid. */
	add(...faults: unknown[]): void;
	/** Takes the fault for this request, if there is one. */
	take(point: FaultPoint): ActiveFault | undefined;
	pending(): ActiveFault[];
	clear(): void;
}

/** Creates an empty list of planned faults. */
export function createFaults(): Faults {
	let planned: ActiveFault[] = [];

	function take(point: FaultPoint): ActiveFault | undefined {
		const matching = planned.filter(
			({ on }) => on === point || (on === 'any' && point !== 'delivery'),
		);
		const due = matching.find(({ after }) => after === 0);
		for (const fault of matching) {
			if (fault === due) fault.times -= 1;
			else fault.after = Math.max(0, fault.after - 1);
		}
		planned = planned.filter(({ times }) => times > 0);
		return due;
	}

	return {
		add: (...faults) => void planned.push(...faults.map((fault) => faultSchema.parse(fault))),
		take,
		pending: () => planned,
		clear: () => void (planned = []),
	};
}

const jobFaults = [
	'stuck',
	'unknown-status',
	'no-file',
	'expired',
	'job-fails',
	'job-status',
	'job-ends',
	'job-id',
] as const;
/** Faults with a permanent effect on the job that they hit at its creation. */
export type JobFault = Extract<ActiveFault, { do: (typeof jobFaults)[number] }>;

/** Returns the permanent effect of a fault on a new job. */
export function jobFaultOf(fault: ActiveFault | undefined): JobFault | undefined {
	return fault && isJobFault(fault) ? fault : undefined;
}

function isJobFault(fault: ActiveFault): fault is JobFault {
	return jobFaults.some((name) => name === fault.do);
}
