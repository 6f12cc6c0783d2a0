import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { fakeServer } from '../../support/fakeServer.mts';

test('an account that was stored, and the key of signatures, are the same in every later version', async () => {
	const baseUrl = 'https://api.lumenfall.ai/openai/v1';
	const api = await openApi(
		fakeServer(() => undefined, { baseUrl, apiKey: 'a-key' }).host as never,
	);
	expect(api.account).toBe('2505dcb5a1c5be553bf657f9dfdebb0e');
	expect(api.signingKey).toBe('32a94a8edba73734b8895cef99bdc850800238bf4b9eb4c80bfb7f1b9f6d1c30');
});
