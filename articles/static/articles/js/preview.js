// The behaviours of the preview. In production collectstatic joins these modules into this one.
import "./elements/arrival-blocks.js";
