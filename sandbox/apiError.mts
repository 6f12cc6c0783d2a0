/** An answer other than success; each dialect has its own way to write it down. */
export class ApiError extends Error {
	readonly status: number;
	readonly type: string;
	readonly code: string | null;
	readonly param: string | null;

	constructor(
		status: number,
		message: string,
		kind: { type: string; code?: string | null; param?: string },
	) {
		super(message);
		this.status = status;
		this.type = kind.type;
		this.code = kind.code ?? null;
		this.param = kind.param ?? null;
	}
}
