import { listVideoModels } from '../../../nodes/Lumenfall/models/videoModels';
import { decodeModels, MAX_MODELS } from '../../../nodes/Lumenfall/transport/decode/modelList';

/** A list that took minutes when each entry was compared with every other one. */
const listOf = (count: number) => ({
	data: Array.from({ length: count }, (_, at) => ({
		id: `lab-${at}/video-${at}`,
		object: 'model',
	})),
});

const timed = <Value,>(work: () => Value): { value: Value; ms: number } => {
	const startedAt = performance.now();
	const value = work();
	return { value, ms: performance.now() - startedAt };
};

test('a list of 200,000 models is cut, and read without holding n8n up', () => {
	const list = listOf(200_000);
	const { value, ms } = timed(() => listVideoModels(decodeModels(list), 'authoritative'));
	expect(value.filter(({ id }) => id.startsWith('lab-'))).toHaveLength(MAX_MODELS);
	expect(ms).toBeLessThan(60_000);
});
