"""The profiles that ship with OpenTRM: one base and six countries, as data."""
