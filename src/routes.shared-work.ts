import { cards } from './features/cards/cards.routes';
import { challenges } from './features/cards/challenges.routes';
import { events } from './features/events/events.routes';
import { joining } from './features/events/joining.routes';
import { materials } from './features/events/materials.routes';
import { organising } from './features/events/organising.routes';
import { findings } from './features/interviews/findings.routes';
import { interviews } from './features/interviews/interviews.routes';
import { loopLinks } from './features/loop/links.routes';
import { findSupport } from './features/places/find-support.routes';
import { places } from './features/places/places.routes';
import { agora } from './features/processes/agora.routes';
import { picture } from './features/processes/picture.routes';
import { preparing } from './features/processes/preparing.routes';
import { processes } from './features/processes/processes.routes';
import { producing } from './features/processes/producing.routes';
import { processResults } from './features/processes/results.routes';
import { takingPart } from './features/processes/together.routes';
import { accessibilityFeedback } from './features/publications/accessibility.routes';
import { publicationEditing } from './features/publications/editing.routes';
import { publicationExports } from './features/publications/export.routes';
import { newsletters } from './features/publications/newsletter.routes';
import { publications } from './features/publications/publications.routes';
import { loop } from './features/situation/loop.routes';
import { keptPictures } from './features/situation/pictures.routes';
import { situation } from './features/situation/situation.routes';
import { spaceWork } from './features/spaces/space-work.routes';
import { spaces } from './features/spaces/spaces.routes';
import { surveyAnswers } from './features/surveys/answering.routes';
import { surveyOutcomes } from './features/surveys/outcomes.routes';
import { surveys } from './features/surveys/surveys.routes';
import { asking } from './features/visits/ask.routes';
import { closing } from './features/visits/closing.routes';
import { supportContacts } from './features/visits/contacts.routes';
import { followUps } from './features/visits/follow-ups.routes';
import { peers } from './features/visits/peers.routes';
import { supportRequests } from './features/visits/requests.routes';
import { shifts } from './features/visits/shifts.routes';
import { visits } from './features/visits/visits.routes';
import type { Routes } from './lib/routes';

/** The address map of what stands around the lessons: spaces, cards, events, support, publications, pictures. */
export const sharedWork: readonly Routes[] = [
  loopLinks,
  loop,
  spaces,
  cards,
  challenges,
  spaceWork,
  joining,
  events,
  organising,
  materials,
  processes,
  preparing,
  producing,
  picture,
  agora,
  processResults,
  takingPart,
  places,
  findSupport,
  newsletters,
  publicationExports,
  publicationEditing,
  publications,
  accessibilityFeedback,
  findings,
  interviews,
  surveys,
  surveyAnswers,
  surveyOutcomes,
  situation,
  keptPictures,
  asking,
  closing,
  supportContacts,
  followUps,
  shifts,
  peers,
  supportRequests,
  visits,
];
