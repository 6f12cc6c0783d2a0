/** The sandbox's side of `sandboxes.mts`: runs in a separate process. */
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/createSandbox.mts';
import type { SandboxAddress } from './sandboxes.mts';

let sandboxes: Sandbox[] = [];

export default async function open(options: SandboxOptions[]): Promise<SandboxAddress[]> {
	sandboxes = await Promise.all(options.map(createSandbox));
	return sandboxes.map(({ baseUrl, apiKey }) => ({ baseUrl, apiKey }));
}

export async function close() {
	await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
}
