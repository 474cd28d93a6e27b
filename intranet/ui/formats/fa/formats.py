"""Persian: what Django formats itself is Gregorian, written the ISO way behind an invisible mark.

The mark (INVISIBLE SEPARATOR) lets `admin-dates.js` show these few dates of Wagtail's admin in Jalali,
and no others that look alike. Whatever we print ourselves goes through the filters of `persian`.
"""

DATE_FORMAT = "\u2063Y-m-d"
SHORT_DATE_FORMAT = "\u2063Y-m-d"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "\u2063Y-m-d H:i"
SHORT_DATETIME_FORMAT = "\u2063Y-m-d H:i"
YEAR_MONTH_FORMAT = "Y-m"
FIRST_DAY_OF_WEEK = 6  # Saturday
