import type { Dialect, ServerKind } from './dialect';
import { lumenfall } from './lumenfall';
import { openAiCompatible } from './openAiCompatible';

export const dialects: Record<ServerKind, Dialect> = { lumenfall, openAiCompatible };
