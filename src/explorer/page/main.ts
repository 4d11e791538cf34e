// The page's script: elements are defined by being imported, those of the panels in their rooms.
import "../plane/plane-element.js";
import "../plane/simplex-element.js";
import "./table-element.js";
import "./world-panel.js";
import "../person/panel.js";
import "../own-data/panel.js";
import "../collapse/panel.js";
import "./explorer-element.js";
