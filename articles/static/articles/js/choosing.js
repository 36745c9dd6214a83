// Lists of which many rows can be ticked. In production collectstatic joins these modules into this one.
import "./elements/row-choice.js";
