export type Sight = 'yes' | 'no' | 'shared' | 'need' | 'group' | 'team' | 'chosen' | 'log' | 'none';

export interface VisibilityRow {
  item: string;
  person: Sight;
  supervisor: Sight;
  administrator: Sight;
  network: Sight;
}

const row = (item: string, person: Sight, supervisor: Sight, administrator: Sight, network: Sight): VisibilityRow => ({
  item,
  person,
  supervisor,
  administrator,
  network,
});

/**
 * Who may see what about a named person. The law behind it: 759/2004 3 § (only what the employment needs),
 * GDPR articles 5, 9 and 25. The report's tests hold the same table cell by cell.
 */
export const VISIBILITY: readonly VisibilityRow[] = [
  row('training', 'yes', 'yes', 'yes', 'no'),
  row('required', 'yes', 'yes', 'need', 'no'),
  row('goals', 'yes', 'yes', 'no', 'no'),
  row('estimates', 'yes', 'shared', 'no', 'no'),
  row('answers', 'yes', 'no', 'no', 'no'),
  row('diary', 'yes', 'no', 'no', 'no'),
  row('peers', 'yes', 'shared', 'no', 'no'),
  row('logins', 'yes', 'no', 'log', 'no'),
  row('expert', 'yes', 'team', 'no', 'chosen'),
  row('groups', 'none', 'group', 'group', 'group'),
];
