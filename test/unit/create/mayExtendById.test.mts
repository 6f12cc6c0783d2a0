import { mayExtendById } from '../../../nodes/Lumenfall/create/prepareSource';
import { lumenfall } from '../../../nodes/Lumenfall/transport/dialects/lumenfall';
import { openRouter } from '../../../nodes/Lumenfall/transport/dialects/openRouter';

test('a video can be extended by its ID on OpenRouter, and certainly not on Lumenfall', () => {
	expect(mayExtendById({ dialect: openRouter })).toBe(true);
	expect(mayExtendById({ dialect: lumenfall })).toBe(false);
});
