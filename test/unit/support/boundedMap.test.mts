import { BoundedMap } from '../../../nodes/Lumenfall/support/boundedMap';

test('a map of servers cannot grow for ever: when it is full, a new server empties it', () => {
	const servers = new BoundedMap<number, string>();
	for (let server = 0; server < 100; server++) servers.set(server, 'known');
	servers.set(7, 'changed');
	expect([servers.size, servers.get(7)]).toEqual([100, 'changed']);
	servers.set(100, 'new');
	expect([...servers]).toEqual([[100, 'new']]);
});
