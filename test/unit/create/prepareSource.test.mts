import type { ItemContext } from '../../../nodes/Lumenfall/context';
import { futureSource } from '../../../nodes/Lumenfall/create/prepareSource';
import { lumenfall } from '../../../nodes/Lumenfall/transport/dialects/lumenfall';
import { openRouter } from '../../../nodes/Lumenfall/transport/dialects/openRouter';

test('a scene that is not created yet is described as the extension it will be', async () => {
	const context = { api: { dialect: openRouter } } as ItemContext;
	expect(await futureSource(context, '')).toMatchObject({ change: 'extend', way: 'previousJobId' });
});

test('a server without a way to extend its videos is refused', async () => {
	const context = { api: { dialect: lumenfall } } as ItemContext;
	await expect(futureSource(context, '')).rejects.toThrow(/extend/);
});
