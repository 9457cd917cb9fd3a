/** The organisation over HTTP. */
import type { Hono } from 'hono';
import { getOrganisation, putTerm, putUnit } from '../../../shared/api/organisation.ts';
import {
  getSettings,
  getSettingVersions,
  getTermUsage,
  postSettingPreview,
  postUnitTable,
  postUnitTableUndo,
  putSetting,
} from '../../../shared/api/settings.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { readOrganisation } from '../../organisation/read.ts';
import { undoImport } from './import-undo.ts';
import { changeTerm, changeUnit } from './service.ts';
import { changeSetting, previewSetting, readSettings, settingVersions } from './settings.ts';
import { termUsage } from './term-usage.ts';
import { takeUnitTable } from './unit-table.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getOrganisation, () => readOrganisation(context));
  route(app, context, putUnit, ({ params, body, grant }) => changeUnit(context, grant.actor, params.id, body));
  route(app, context, putTerm, ({ params, body, grant }) => changeTerm(context, grant.actor, params.id, body));
  route(app, context, postUnitTable, ({ body, grant }) => takeUnitTable(context, grant.actor, body));
  route(app, context, postUnitTableUndo, ({ params, grant }) => undoImport(context, grant.actor, params.id));
  route(app, context, getTermUsage, () => termUsage(context));
  route(app, context, getSettings, () => readSettings(context));
  route(app, context, postSettingPreview, ({ params, body }) => previewSetting(context, params.name, body.value));
  route(app, context, putSetting, ({ params, body, grant }) => changeSetting(context, grant.actor, params.name, body));
  route(app, context, getSettingVersions, ({ params }) => settingVersions(context, params.name));
}
