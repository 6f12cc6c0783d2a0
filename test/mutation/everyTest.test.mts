import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All unit tests of the folders that the mutation run changes, as one file: Jest loads all modules anew for each file. */
const unit = join(__dirname, '../unit');
const testsIn = (folder: string) =>
	readdirSync(join(unit, folder)).filter((name) => name.endsWith('.test.mts'));

for (const folder of ['create', 'job', 'wait'])
	for (const file of testsIn(folder))
		describe(`${folder}/${file}`, () => void jest.requireActual(join(unit, folder, file)));
