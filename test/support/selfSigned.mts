import { generate } from 'selfsigned';

/** Returns a key and a certificate for 127.0.0.1 that nobody trusts, for tests of servers with their own certificates. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const names = [{ type: 7, ip: '127.0.0.1' } as const];
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
		keyType: 'ec',
		extensions: [{ name: 'subjectAltName', altNames: names }],
	});
	return { key, cert };
}
