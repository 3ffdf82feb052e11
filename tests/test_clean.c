/* A cell must never become a fact that it does not state: what is unknown is no zero, and what could mean two things is
 * no value. */
#include "intake/clean.h"
#include "test.h"

static const struct {
    const char *cell, *missing;
} unknown_rows[] = {
    { "", "not_reported" },
    { "  \t", "not_reported" },
    { "unknown", "not_reported" },
    { "UNKNOWN", "not_reported" },
    { "Unk", "not_reported" },
    { "N/A", "not_reported" },
    { "n.a.", "not_reported" },
    { "#N/A", "not_reported" },
    { "-", "not_reported" },
    { " -- ", "not_reported" },
    { "\xE2\x80\x94", "not_reported" }, /* — */
    { "?", "not_reported" },
    { "NULL", "not_reported" },
    { "\\N", "not_reported" },
    { "nan", "not_reported" },
    { "inconnu", "not_reported" },
    { "Not disclosed", "not_reported" },
    { "TBD", "not_known_yet" },
    { "Under investigation", "not_known_yet" },
    { "not applicable", "not_applicable" },
    { "0", NULL },
    { "no", NULL },
    { "Nancy", NULL },
    { "unknown actor", NULL },
};

static void test_unknown(void)
{
    for (size_t i = 0; i < COUNT_OF(unknown_rows); i++) {
        const char *missing = clean_missing(text_of(unknown_rows[i].cell)), *expected = unknown_rows[i].missing;
        CHECK(missing == expected || (missing && expected && strcmp(missing, expected) == 0), "\"%s\" says %s",
              unknown_rows[i].cell, expected ? expected : "something");
    }
}

static const struct {
    const char *cell, *number; /* NULL: not understood */
} number_rows[] = {
    { "1234", "1234" },
    { " 1,234 ", "1234" },
    { "1,234,567", "1234567" },
    { "1.234.567", "1234567" },
    { "1 234 567", "1234567" },
    { "1\xC2\xA0"
      "234",
      "1234" },
    { "1'234", "1234" },
    { "1,234.5", "1234.5" },
    { "1.234,5", "1234.5" },
    { "12,5", "12.5" },
    { "0.5", "0.5" },
    { "007", "7" },
    { "-3", "-3" },
    { "1.234", NULL }, /* thousands in Berlin, decimals in Boston */
    { "1.234 million", "1234000" },
    { "1.2 million", "1200000" },
    { "40k", "40000" },
    { "3M", "3000000" },
    { "about 500", "500" },
    { "~500", "500" },
    { "over 90", "90.." },
    { "> 90", "90.." },
    { "90+", "90.." },
    { "at least 1,000", "1000.." },
    { "up to 254000", "..254000" },
    { "100-200", "100..200" },
    { "100 to 200", "100..200" },
    { "between 3 and 5", "3..5" },
    { "1001 to 10000", "1001..10000" },
    { "2300 patients", "2300" },
    { "3 and 5", NULL },
    { "200-100", NULL },
    { "500/501", NULL },
    { "12 34", NULL },
    { "1,23,456", NULL },
    { "many", NULL },
    { "", NULL },
    { "1e6", NULL },
    { "99999999999999999999999999", NULL },
};

static void test_numbers(void)
{
    for (size_t i = 0; i < COUNT_OF(number_rows); i++) {
        char number[CLEAN_NUMBER_SIZE] = "";
        bool good = clean_number(text_of(number_rows[i].cell), number);
        const char *expected = number_rows[i].number;
        CHECK(good == (expected != NULL) && (!good || strcmp(number, expected) == 0), "\"%s\" is %s (%s)",
              number_rows[i].cell, expected ? expected : "not understood", good ? number : "nothing");
    }
}

static const struct {
    const char *cell, *money;
} money_rows[] = {
    { "3000000 USD", "3000000 USD" },
    { "USD 3 million", "3000000 USD" },
    { "\xE2\x82\xAC"
      "1.1m",
      "1100000 EUR" },
    { "1,5 million EUR", "1500000 EUR" },
    { "US$40k", "40000 USD" },
    { "25 BTC", "25 BTC" },
    { "3.5 BTC", "3.5 BTC" },
    { "1-2 million USD", "1..2000000 USD" },
    { "$300", NULL },
    { "300", NULL },
};

static void test_money(void)
{
    for (size_t i = 0; i < COUNT_OF(money_rows); i++) {
        char money[CLEAN_NUMBER_SIZE] = "";
        bool good = clean_money(text_of(money_rows[i].cell), money);
        const char *expected = money_rows[i].money;
        CHECK(good == (expected != NULL) && (!good || strcmp(money, expected) == 0), "\"%s\" is %s (%s)",
              money_rows[i].cell, expected ? expected : "not understood", good ? money : "nothing");
    }
}

static const struct {
    const char *cell;
    DateOrder order;
    const char *date; /* NULL: not understood */
} date_rows[] = {
    { "2021", ORDER_UNKNOWN, "2021" },
    { "2021-05", ORDER_UNKNOWN, "2021-05" },
    { "2021-05-09", ORDER_UNKNOWN, "2021-05-09" },
    { "2021-Q2", ORDER_UNKNOWN, "2021-Q2" },
    { "Q2 2021", ORDER_UNKNOWN, "2021-Q2" },
    { "2021 Q2", ORDER_UNKNOWN, "2021-Q2" },
    { "T2 2021", ORDER_UNKNOWN, "2021-Q2" },
    { "2021/05/09", ORDER_UNKNOWN, "2021-05-09" },
    { "20210509", ORDER_UNKNOWN, "2021-05-09" },
    { "05/09/2021", ORDER_MONTH_DAY_YEAR, "2021-05-09" },
    { "05/09/2021", ORDER_DAY_MONTH_YEAR, "2021-09-05" },
    { "05/09/2021", ORDER_UNKNOWN, NULL },
    { "07/15/2022", ORDER_UNKNOWN, "2022-07-15" },
    { "15.07.2022", ORDER_UNKNOWN, "2022-07-15" },
    { "15.07.22", ORDER_DAY_MONTH_YEAR, "2022-07-15" },
    { "15/07/98", ORDER_DAY_MONTH_YEAR, "1998-07-15" },
    { "31/02/2021", ORDER_DAY_MONTH_YEAR, NULL },
    { "29/02/2020", ORDER_DAY_MONTH_YEAR, "2020-02-29" },
    { "05/2021", ORDER_UNKNOWN, "2021-05" },
    { "9 May 2021", ORDER_UNKNOWN, "2021-05-09" },
    { "May 9, 2021", ORDER_UNKNOWN, "2021-05-09" },
    { "May 9th, 2021", ORDER_UNKNOWN, "2021-05-09" },
    { "the 1st of May 2021", ORDER_UNKNOWN, "2021-05-01" },
    { "1er mai 2021", ORDER_UNKNOWN, "2021-05-01" },
    { "9 f\xC3\xA9vrier 2021", ORDER_UNKNOWN, "2021-02-09" },
    { "9. M\xC3\xA4rz 2021", ORDER_UNKNOWN, "2021-03-09" },
    { "9 de mayo de 2021", ORDER_UNKNOWN, "2021-05-09" },
    { "Sept 2021", ORDER_UNKNOWN, "2021-09" },
    { "jui 2021", ORDER_UNKNOWN, NULL },
    { "2021-05-09T12:33:00Z", ORDER_UNKNOWN, "2021-05-09" },
    { "5/9/2021 1:30 PM", ORDER_MONTH_DAY_YEAR, "2021-05-09" },
    { "2020-2021", ORDER_UNKNOWN, "2020-01-01/2021-12-31" },
    { "2021-05-09/2021-06-01", ORDER_UNKNOWN, "2021-05-09/2021-06-01" },
    { "9 May 2021 to 1 June 2021", ORDER_UNKNOWN, "2021-05-09/2021-06-01" },
    { "May to July 2021", ORDER_UNKNOWN, "2021-05-01/2021-07-31" },
    { "9-12 May 2021", ORDER_UNKNOWN, "2021-05-09/2021-05-12" },
    { "2021-06-01 .. 2021-05-09", ORDER_UNKNOWN, NULL },
    { "2014-14", ORDER_UNKNOWN, NULL },
    { "2021-13-40", ORDER_UNKNOWN, NULL },
    { "yesterday", ORDER_UNKNOWN, NULL },
    { "99", ORDER_UNKNOWN, NULL },
    { "", ORDER_UNKNOWN, NULL },
};

static void test_dates(void)
{
    for (size_t i = 0; i < COUNT_OF(date_rows); i++) {
        char text[DATE_TEXT_SIZE] = "";
        const char *reason = "", *expected = date_rows[i].date;
        Span span;
        bool good = clean_date(text_of(date_rows[i].cell), date_rows[i].order, &span, &reason);
        if (good)
            span_write(span, text);
        CHECK(good == (expected != NULL) && (!good || strcmp(text, expected) == 0), "\"%s\" is %s (%s)",
              date_rows[i].cell, expected ? expected : "not understood", good ? text : reason);
    }
    Span span;
    const char *reason = "";
    (void)clean_date(TEXT("2021-06-01 to 2021-05-09"), ORDER_UNKNOWN, &span, &reason);
    CHECK(strcmp(reason, "it ends before it starts") == 0, "an end before its start is named as such");
    (void)clean_date(TEXT("05/09/2021"), ORDER_UNKNOWN, &span, &reason);
    CHECK(strstr(reason, "two different days"), "a date that could be two days is named as such");
}

static const struct {
    const char *cell, *code;
} country_rows[] = {
    { "FR", "FR" },
    { "fr", "FR" },
    { "FRA", "FR" },
    { "France", "FR" },
    { "Frankreich", "FR" },
    { "USA", "US" },
    { "U.S.", "US" },
    { "United States", "US" },
    { "\xC3\x89tats-Unis", "US" },
    { "UK", "GB" },
    { "England", "GB" },
    { "C\xC3\xB4te d\xE2\x80\x99Ivoire", "CI" },
    { "Cote d'Ivoire", "CI" },
    { "South Korea", "KR" },
    { "Puerto Rico", "PR" },
    { "Czech Republic", "CZ" },
    { "XX", NULL },
    { "ZZ", NULL },
    { "Atlantis", NULL },
    { "", NULL },
    { "EU", NULL },
};

static void test_countries(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const Countries *countries = countries_new(arena);
    for (size_t i = 0; i < COUNT_OF(country_rows); i++) {
        const char *code = country_find(countries, text_of(country_rows[i].cell)), *expected = country_rows[i].code;
        CHECK(code == expected || (code && expected && strcmp(code, expected) == 0), "\"%s\" is %s (%s)",
              country_rows[i].cell, expected ? expected : "no country", code ? code : "none");
    }
    CHECK(strcmp(state_find(TEXT("tx")), "US-TX") == 0 && !state_find(TEXT("XX")), "states are those of ISO 3166-2");
}

static void test_texts(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    CHECK(strcmp(clean_text(arena, TEXT("  H\xF4pital \x93Nord\x94 ")),
                 "H\xC3\xB4pital \xE2\x80\x9CNord\xE2\x80\x9D") == 0,
          "bytes that are not UTF-8 are read as cp1252");
    CHECK(strcmp(clean_text(arena, TEXT("HÃ´pital")), "HÃ´pital") == 0, "mojibake is kept as it is");
    CHECK(strcmp(clean_text(arena, (Text){ "a\0b", 3 }), "a b") == 0, "a NUL does not cut the text");
    CHECK(strcmp(clean_text(arena, TEXT("one\r\ntwo\rthree")), "one\r\ntwo\rthree") == 0, "CR and LF inside stay");
    Text cut = clean_cut(TEXT("ab\xC3\xA9"), 3);
    CHECK(cut.length == 2, "a text is cut between characters");
    CHECK(strcmp(clean_flag(TEXT(" Oui")), "yes") == 0 && strcmp(clean_flag(TEXT("0")), "no") == 0 &&
              !clean_flag(TEXT("perhaps")),
          "yes and no in their spellings");
}

int main(void)
{
    test_unknown();
    test_numbers();
    test_money();
    test_dates();
    test_countries();
    test_texts();
    return DONE();
}
