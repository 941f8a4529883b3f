"""Units done and seconds gone -> how far it is, how fast it goes, and when it will be done."""

from govrubric.diagnostics.diagnostic import Lang


def progress_line(done: int, whole: int | None, seconds: int, lang: Lang) -> str:
    """One line; the time that is left is known only where the number of units is."""
    rate = done // max(seconds, 1)
    if whole is None:
        return (
            f"{_grouped(done)} 个单位，每秒 {_grouped(rate)} 个"
            if lang == "zh"
            else f"{_grouped(done)} units, {_grouped(rate)}/s"
        )
    share = 100 * done // max(whole, 1)
    left = _clock(-(-max(whole - done, 0) // rate)) if rate else "–"
    if lang == "zh":
        return (
            f"{share} %：{_grouped(done)} / {_grouped(whole)} 个单位，每秒 {_grouped(rate)} 个，约余 {left}"
        )
    return f"{share} %: {_grouped(done)} of {_grouped(whole)} units, {_grouped(rate)}/s, {left} left"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
