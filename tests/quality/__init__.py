"""How good the pages are: their weight, barriers, the judgement of Lighthouse and of the HTML checker."""
