/**
 * The door every new order of a run goes through. One refusal for rate slows all items instead of failing one: the
 * server counts the account, not the item. All times in milliseconds.
 */
export interface Gate {
	/** Waits until an order may be sent. Rejects when the wait is stopped. */
	pass(): Promise<void>;
	/** An order was refused for rate: nobody orders until then, and afterwards less densely. */
	hold(retryAfterMs?: number): void;
	/** An order went through: the next ones may come closer together. */
	relax(): void;
}

export interface GateDoors {
	now(): number;
	/** 0 to 1. */
	chance(): number;
	pause(milliseconds: number): Promise<void>;
}

const FIRST_HOLD_MS = 1_000;
const MAX_HOLD_MS = 30_000;
const FIRST_SPACING_MS = 100;
const MAX_SPACING_MS = 5_000;
const RELAXATION = 0.8;

/** Opens a gate that lets everything through until the server objects. */
export function createGate({ now, chance, pause }: GateDoors): Gate {
	let closedUntil = 0;
	let lastPass = 0;
	let spacingMs = 0;
	let holdMs = FIRST_HOLD_MS;

	/** The next free moment; taking it keeps orders that waited together from coming together. */
	const takeSlot = () => {
		const spread = spacingMs * (0.5 + chance());
		lastPass = Math.max(now(), closedUntil, lastPass + spread);
		return lastPass;
	};

	return {
		async pass() {
			let slot = takeSlot();
			while (now() < slot) {
				await pause(slot - now());
				// Another order may have been refused meanwhile.
				if (closedUntil > slot) slot = takeSlot();
			}
		},
		hold(retryAfterMs) {
			closedUntil = Math.max(closedUntil, now() + (retryAfterMs ?? holdMs));
			// Refusals of orders that were sent together count as one.
			if (lastPass < closedUntil) lastPass = closedUntil;
			holdMs = Math.min(holdMs * 2, MAX_HOLD_MS);
			spacingMs = Math.min(Math.max(spacingMs * 2, FIRST_SPACING_MS), MAX_SPACING_MS);
		},
		relax() {
			holdMs = FIRST_HOLD_MS;
			spacingMs = spacingMs < FIRST_SPACING_MS ? 0 : spacingMs * RELAXATION;
		},
	};
}
