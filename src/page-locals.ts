import type { RequestHandler, Response } from 'express';
import { lookOfCookie } from './features/look/look.cookie';
import { contextOf, headOf } from './features/quizzes/prompt';
import { asset } from './lib/assets';
import { isSharedDevice, keepsPages, personTag } from './lib/device';
import { formatter } from './lib/format';
import { htmlLang, isLanguage, LANGUAGES, type Language, translator } from './lib/i18n';
import { IconSet } from './lib/icons';
import { footerOf, menuOf } from './menu';
import { backOf, isSimplePlace } from './simple-places';

/** What every view may use. Nothing else is ever put on `res.locals`. */
export const providePageLocals: RequestHandler = (req, res, next) => {
  const visitor = req.visitor;
  useLanguage(res, visitor?.language ?? languageOfVisitor(req.headers.cookie, req.acceptsLanguages()));
  const icons = new IconSet();
  res.locals.icon = (name: string) => icons.icon(name as never);
  res.locals.iconSprite = () => icons.sprite();
  res.locals.asset = asset;
  // Of the text of a question: the question itself, and what is looked at before it.
  res.locals.headOf = headOf;
  res.locals.contextOf = contextOf;
  res.locals.url = req.originalUrl;
  res.locals.me = visitor && {
    name: visitor.name,
    firstName: visitor.name.split(' ')[0],
    unread: visitor.unread_notifications,
    tag: personTag(visitor),
  };
  const look = visitor?.look ?? lookOfCookie(req.headers.cookie);
  // Not "look": components know a value of that name.
  res.locals.reading = look;
  // The one place that decides whether a page is of "one thing at a time"; layouts and components read it.
  res.locals.simple = look.simple_mode && visitor !== undefined && isSimplePlace(req.path);
  res.locals.wayBack = backOf(req.path);
  // Whoever asks for help is found where they are.
  res.locals.helpHref = /^\/(learn|paths|skills\/practice)\/./.test(req.path)
    ? `/help?place=${encodeURIComponent(req.path)}`
    : '/help';
  res.locals.device = { keeps: keepsPages(req), isShared: isSharedDevice(req) };
  res.locals.lowered = req.lowered;
  res.locals.footer = footerOf(visitor, res.locals.t);
  res.locals.menu = menuOf(visitor, req.path, res.locals.t);
  next();
};

/** Must work whatever failed before it. */
export function useLanguage(res: Response, language: Language): void {
  res.locals.lang = language;
  res.locals.htmlLang = htmlLang(language);
  res.locals.t = translator(language);
  res.locals.fmt = formatter(language);
}

function languageOfVisitor(cookies: string | undefined, accepted: string[]): Language {
  const chosen = /(?:^|;\s*)language=([\w-]+)/.exec(cookies ?? '')?.[1];
  if (isLanguage(chosen)) return chosen;
  const short = accepted.map((language) => language.slice(0, 2).toLowerCase());
  return short.map((language) => LANGUAGES.find((ours) => ours === language)).find((language) => language) ?? 'fi';
}
