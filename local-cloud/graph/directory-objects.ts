// Reads of whatever object has an id, for clients that do not know its kind.
import { collectionAnswer, entityAnswer } from "./collection.js";
import { checkedId, sees } from "./directory-lookup.js";
import {
  directoryObjectCollection,
  directoryObjectView,
  directoryObjectViews,
} from "./directory-object-view.js";
import { badRequest, missingValue, notFound } from "./errors.js";
import { readDirectory } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { actionParameters, texts } from "./shape.js";

export const directoryObjectRoutes: readonly GraphRoute[] = [
  { method: "GET", path: "/directoryObjects/{id}", rights: readDirectory, handle: get },
  { method: "POST", path: "/directoryObjects/getByIds", rights: readDirectory, handle: getByIds },
];

function get(call: GraphCall): GraphAnswer {
  const id = checkedId(call.param("id"));
  const view = directoryObjectView(call, id);
  if (view === undefined || !sees(call, String(view["id"]))) throw notFound(id);
  return entityAnswer(call, directoryObjectCollection, view);
}

/** "directoryObject: getByIds" */
const MOST_IDS = 1000;

function getByIds(call: GraphCall): GraphAnswer {
  const { ids, types } = actionParameters("getByIds", { ids: texts, types: texts }, call.body);
  if (!Array.isArray(ids)) throw missingValue("DirectoryObject", "ids");
  if (ids.length > MOST_IDS) throw badRequest(`At most ${MOST_IDS} ids can be asked for at once.`);
  const wanted = Array.isArray(types) ? types.map((type) => String(type).toLowerCase()) : [];
  const views = directoryObjectViews(
    call,
    ids.map((id) => checkedId(String(id))),
  ).filter((view) => {
    const kind = String(view["@odata.type"]).replace("#microsoft.graph.", "").toLowerCase();
    return wanted.length === 0 || wanted.includes("directoryobject") || wanted.includes(kind);
  });
  return collectionAnswer(call, directoryObjectCollection, views, (id) => sees(call, id));
}
