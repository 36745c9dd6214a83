// The behaviours of the workbench. In production collectstatic joins these modules into this one.
import "./elements/claim-filter.js";
import "./elements/claim-list.js";
import "./elements/claim-panel-sheet.js";
import "./elements/claim-panel.js";
import "./elements/claim-steps.js";
import "./elements/kept-open.js";
import "./elements/late-marks.js";
import "./elements/live-changes.js";
import "./elements/people-here.js";
import "./elements/printed-claims.js";
import "./elements/text-marker.js";
import "./elements/text-marks.js";
import "./elements/text-selection.js";
import "./elements/undo-keys.js";
import "./elements/workbench-bar.js";
import "./elements/workbench-map.js";
