// The page's script: elements are defined by being imported, those of the panels in their rooms.
import "../plane/plane-element.js";
import "../plane/simplex-element.js";
import "./world-panel.js";
import "./explorer-element.js";
