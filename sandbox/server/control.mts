import type { FastifyInstance } from 'fastify';
import { z, ZodError } from 'zod';
import type { ModelState } from '../models/models.mts';
import type { Sandbox } from '../sandbox.mts';
import { deliveryTypes } from '../webhooks/sendWebhooks.mts';

const deliveryRequest = z.object({ url: z.string().url(), type: z.enum(deliveryTypes).optional() });

/** Registers the control routes: the functions of `Sandbox` for other programs and for people. */
export function registerControl(api: FastifyInstance, sandbox: () => Sandbox) {
	api.get('/_sandbox', async () => {
		const { baseUrl, mediaUrl, webhookSecret, jobs, requests, deliveries, billing } = sandbox();
		return {
			baseUrl,
			mediaUrl,
			webhookSecret,
			jobs: jobs(),
			requests: requests(),
			deliveries: deliveries(),
			billing: billing(),
		};
	});

	api.post('/_sandbox/faults', async (request, reply) => {
		try {
			sandbox().addFault(request.body as Parameters<Sandbox['addFault']>[0]);
		} catch (error) {
			if (!(error instanceof ZodError)) throw error;
			return await reply.code(400).send({ error: { message: error.message } });
		}
		return await reply.code(204).send();
	});

	api.post('/_sandbox/models', async (request, reply) => {
		const { id, state } = request.body as { id: string; state: ModelState };
		try {
			sandbox().setModel(id, state);
		} catch (error) {
			return await reply.code(400).send({ error: { message: (error as Error).message } });
		}
		return await reply.code(204).send();
	});

	api.post('/_sandbox/deliver', async (request, reply) => {
		const delivery = deliveryRequest.safeParse(request.body);
		if (!delivery.success)
			return await reply.code(400).send({ error: { message: delivery.error.message } });
		const { url, type } = delivery.data;
		return await sandbox()
			.testDelivery(url, type)
			.then(
				async () => await reply.code(202).send(),
				async ({ message }: Error) => await reply.code(400).send({ error: { message } }),
			);
	});

	api.post('/_sandbox/reset', async (_request, reply) => {
		await sandbox().reset();
		return await reply.code(204).send();
	});
}
