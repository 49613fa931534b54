"""Countries and languages as caseworkers of the region write them, to the standard's codes."""

COUNTRIES = {
    "AL": "albania shqipëria",
    "BA": "bosniaandherzegovina bosna bih bosnaihercegovina",
    "MD": "moldova republicofmoldova",
    "ME": "montenegro crnagora",
    "RO": "romania românia",
    "RS": "serbia srbija србија",
    "MK": "northmacedonia macedonia",
    "XK": "kosovo",
    "HR": "croatia hrvatska",
    "SI": "slovenia",
    "BG": "bulgaria",
    "GR": "greece",
    "TR": "turkey türkiye",
    "UA": "ukraine україна",
    "RU": "russia russianfederation",
    "HU": "hungary",
    "IT": "italy",
    "DE": "germany",
    "AT": "austria",
    "FR": "france",
    "GB": "unitedkingdom",
    "ES": "spain",
    "SY": "syria",
    "AF": "afghanistan",
    "PK": "pakistan",
    "NG": "nigeria",
    "IN": "india",
    "NP": "nepal",
    "BD": "bangladesh",
    "PH": "philippines",
    "CU": "cuba",
}
LANGUAGES = {
    "sqi": "sq alb albanian shqip",
    "bos": "bs bosnian",
    "cnr": "montenegrin",
    "ron": "ro rum romanian moldovan română",
    "srp": "sr serbian srpski",
    "hrv": "hr croatian",
    "mkd": "mk mac macedonian",
    "rus": "ru russian",
    "ukr": "uk ukrainian",
    "rom": "romani",
    "tur": "tr turkish",
    "eng": "en english",
    "ara": "ar arabic",
    "fas": "fa per persian farsi",
}


def country_of(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country's code or name; None for one that is not known here."""
    wanted = "".join(sign for sign in text.casefold() if sign.isalpha())
    if len(wanted) == 2 and text.strip().isalpha():
        return text.strip().upper()
    return next((code for code, names in COUNTRIES.items() if wanted in names.split()), None)


def language_of(text: str) -> str | None:
    """The ISO 639-2 code of a language's code or name; None for one that is not known here."""
    wanted = "".join(sign for sign in text.casefold() if sign.isalpha())
    return next((code for code, names in LANGUAGES.items() if wanted in (code, *names.split())), None)
