"""HTCDS in and out: files of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0)."""

from opentrm.interchange.reading import CaseIn, Problem, Reading, read_htcds
from opentrm.interchange.writing import write_htcds

__all__ = ["CaseIn", "Problem", "Reading", "read_htcds", "write_htcds"]
