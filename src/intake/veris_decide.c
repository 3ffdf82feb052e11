#include "intake/veris_decide.h"

const char *veris_text(const json_t *document, const char *object, const char *key)
{
    return json_string_of(object ? json_object_get(document, object) : document, key);
}

const json_t *veris_down(const json_t *at, const char *a, const char *b)
{
    at = json_object_get(at, a);
    return b ? json_object_get(at, b) : at;
}

bool veris_acts(const json_t *document, const char *action)
{
    return json_is_object(veris_down(document, "action", action));
}

bool veris_is_health(Text industry)
{
    static const char *const parts[] = { "621", "622", "623", "3254", "3391", "4461", "446110", "92312", "524114" };
    if (text_is(industry, "62") || text_starts(industry, "620"))
        return true;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (text_starts(industry, parts[i]))
            return true;
    return false;
}

/* Misuse that goes beyond breaking a rule on how to handle data: somebody used an access that was not his to use. */
static bool abuses_privilege(const json_t *document)
{
    static const char *const handling[] = { "Data mishandling",     "Email misuse",        "Net misuse",
                                            "Illicit content",      "Unapproved hardware", "Unapproved software",
                                            "Unapproved workaround" };
    const json_t *varieties = json_object_get(veris_down(document, "action", "misuse"), "variety");
    size_t i, mere = 0;
    json_t *variety;
    json_array_foreach(varieties, i, variety) for (size_t k = 0; k < COUNT_OF(handling); k++) mere +=
        json_is_string(variety) && strcmp(json_string_value(variety), handling[k]) == 0;
    return veris_acts(document, "misuse") && (json_array_size(varieties) == 0 || mere < json_array_size(varieties));
}

bool veris_is_attack(const json_t *document)
{
    return veris_acts(document, "hacking") || veris_acts(document, "malware") || veris_acts(document, "social") ||
           abuses_privilege(document);
}

static VerisDecision decide_without_intent(const json_t *document)
{
    if (veris_acts(document, "misuse"))
        return (VerisDecision){ "excluded_no_effect",
                                N_("A rule on handling data was broken; no access without right is shown") };
    if (veris_acts(document, "physical"))
        return (VerisDecision){ "excluded_no_effect",
                                N_("A thing was taken or damaged; no access to systems is shown") };
    if (veris_acts(document, "error") || veris_acts(document, "environmental"))
        return (VerisDecision){ "excluded_not_intentional",
                                N_("The data set names an error, a loss or an accident only") };
    return (VerisDecision){ "excluded_insufficient", N_("The data set does not tell what was done") };
}

VerisDecision veris_decide(const json_t *document)
{
    const char *sure = veris_text(document, NULL, "security_incident"),
               *industry = veris_text(document, "victim", "industry");
    const char *confidence = veris_text(document, NULL, "confidence");
    if (!veris_is_health(text_of(industry)))
        return (VerisDecision){ "excluded_scope", N_("The victim's industry is not part of the health sector") };
    if (sure && strcmp(sure, "False positive") == 0)
        return (VerisDecision){ "excluded_false", N_("The data set marks it as a false positive") };
    if (sure && strcmp(sure, "Near miss") == 0)
        return (VerisDecision){ "excluded_no_effect", N_("The data set marks it as a near miss") };
    if (!veris_is_attack(document))
        return decide_without_intent(document);
    if (sure && strcmp(sure, "Suspected") == 0)
        return (VerisDecision){ "excluded_insufficient", N_("The data set marks it as suspected only") };
    if (confidence && strcmp(confidence, "Low") == 0)
        return (VerisDecision){ "excluded_insufficient", N_("The data set gives it low confidence") };
    return (VerisDecision){ "included", NULL };
}
