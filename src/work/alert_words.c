#include "work/alert_words.h"

static const struct {
    const char *change, *incident; /* about a change, and about a published incident; NULL: never */
    const char *label;
} sentences[ALERT_KIND_COUNT] = {
    [ALERT_ASSIGNED] = { N_("Change {number} was given to you to see to."), NULL,
                         N_("A change is given to me to see to") },
    [ALERT_REPLY] = { N_("Change {number}: a reply is due on {day}."),
                      N_("Incident {number}: a reply is due on {day}."),
                      N_("An organisation that I asked may reply for a few days more") },
    [ALERT_CONTESTED] = { NULL, N_("Incident {number}: a published value became contested."),
                          N_("A published value of an incident that I worked on becomes contested") },
    [ALERT_GONE] = { NULL, N_("Incident {number}: a source is gone."),
                     N_("A source of an incident that I worked on is gone") },
};

const char *alert_sentence(Arena *arena, const Language *language, const Alert *alert)
{
    const char *words = alert->incident ? sentences[alert->kind].incident : sentences[alert->kind].change;
    const char *number = say_number(arena, language, alert->incident ? alert->incident : alert->change);
    const char *day = alert->day == DAY_UNKNOWN ? "" : say_day(arena, language, alert->day);
    return say_with(arena, language, words, SLOTS({ "number", number }, { "day", day }));
}

const char *alert_kind_label(const Language *language, AlertKind kind)
{
    return say(language, sentences[kind].label);
}
