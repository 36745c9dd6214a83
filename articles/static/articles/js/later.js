// The behaviours of the workbench that come when somebody begins to do something there. They find all that they need in
// the page. In production collectstatic joins these modules into this one.
import "./elements/claim-choice.js";
import "./elements/claim-echo.js";
import "./elements/span-handles.js";
import "./elements/text-caret.js";
import "./elements/text-find.js";
import "./elements/text-sentences.js";
