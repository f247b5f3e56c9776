import { Routes } from '../../lib/routes';
import { addSubmissionPages } from './submissions.handlers';

/** What was learnt before, elsewhere: told by the learner, recognised by the one they ask. */
export const earlier = new Routes('/skills/earlier');

addSubmissionPages(earlier, 'earlier');
