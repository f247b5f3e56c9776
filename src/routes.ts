import { Router } from 'express';
import { accounts } from './features/accounts/accounts.routes';
import { admin } from './features/admin/admin.routes';
import { adminTeams } from './features/admin/teams.routes';
import { write } from './features/authoring/authoring.routes';
import { editor } from './features/authoring/editor.routes';
import { courses } from './features/courses/courses.routes';
import { files } from './features/files/files.routes';
import { h5p } from './features/h5p/h5p.routes';
import { h5pLibraries } from './features/h5p/libraries.routes';
import { information } from './features/information/information.routes';
import { helpLevelPages } from './features/progress/progress.help-level.routes';
import { quizPages } from './features/progress/progress.quiz.routes';
import { learning } from './features/progress/progress.routes';
import { figures } from './features/reports/figures.routes';
import { network } from './features/reports/network.routes';
import { reports } from './features/reports/reports.routes';
import { selfAssessment } from './features/skills/self-assessment.routes';
import { skills } from './features/skills/skills.routes';
import { health } from './lib/health';
import type { Routes } from './lib/routes';

export const routes = Router();

const at = (feature: Routes) => routes.use(feature.base || '/', feature.router);

// The address map: one line per feature. A test holds that nothing else adds an address.
at(health);
at(information);
at(accounts);
at(files);
at(h5pLibraries);
at(h5p);
at(write);
at(editor);
at(selfAssessment);
at(skills);
at(quizPages);
at(helpLevelPages);
at(courses);
at(learning);
at(admin);
at(adminTeams);
at(reports);
at(figures);
at(network);
