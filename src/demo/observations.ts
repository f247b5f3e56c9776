import type { Source } from '../features/skills/estimate';
import type { Rows } from './bulk';

export interface DemoObservation {
  code: string;
  source: Source;
  level: number;
  help_level: 0 | 1 | 2 | 3 | null;
  share_right?: number;
  at: Date;
  by: string;
  origin: [type: string, id: string];
  note?: string;
}
