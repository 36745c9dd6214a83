// For an article with very many highlights. In production collectstatic joins these modules into this one.
import "./elements/flat-marks.js";
