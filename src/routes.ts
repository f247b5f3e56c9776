import { Router } from 'express';
import { accounts } from './features/accounts/accounts.routes';
import { health } from './lib/health';
import type { Routes } from './lib/routes';

/** The address map: one line per feature. A test holds that nothing else adds an address. */
const features: Routes[] = [health, accounts];

export const routes = Router();
for (const feature of features) routes.use(feature.base || '/', feature.router);
