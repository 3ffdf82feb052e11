#include "work/marked.h"

static const struct {
    const char *word; /* the part of the address before the number */
    MarkOn on;
} subjects[] = { { "candidates", MARK_CANDIDATE }, { "changes", MARK_CHANGE }, { "replies", MARK_REPLY } };

enum { AT_WORD = 1, AT_NUMBER = 2 }; /* in /L/changes/# */

/* What the address names, if it is something that bears a mark. */
static bool names_marked(const WorkRequest *request, MarkOn *on, int64_t *id)
{
    if (request->api || request->part_count <= AT_NUMBER || !text_int(request->parts[AT_NUMBER], id))
        return false;
    for (size_t i = 0; i < COUNT_OF(subjects); i++)
        if (text_is(request->parts[AT_WORD], subjects[i].word)) {
            *on = subjects[i].on;
            return true;
        }
    return false;
}

/* The page that says that there is nothing must not tell a mark either. */
bool marked_look(WorkRequest *request, bool *there, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Problem finding = { 0 };
    MarkOn on;
    int64_t id;
    request->marked = false;
    *there = true;
    if (!names_marked(request, &on, &id))
        return true;
    if (!reader_take(request, &reader, problem))
        return false;
    request->marked = mark_find(reader.store, on, id, &request->mark, &finding) && request->mark <= request->ceiling;
    *there = request->marked;
    return !finding.kind || finding.kind == PROBLEM_NOT_FOUND || fail(problem, finding.kind, "%s", finding.message);
}

bool marked_answer(const WorkRoute *route, WorkRequest *request, WorkReply *reply, Problem *problem)
{
    bool there;
    if (!marked_look(request, &there, problem))
        return false;
    return there ? route->answer(request, reply, problem) : fail(problem, PROBLEM_NOT_FOUND, "there is no such record");
}

MarkLabel mark_label(const Language *language, Tlp mark)
{
    static const struct {
        const char *code, *about;
    } labels[TLP_COUNT] = {
        [TLP_CLEAR] = { "clear", N_("may be published") },
        [TLP_GREEN] = { "green", N_("for partners and their communities, not for the public") },
        [TLP_AMBER] = { "amber", N_("for those who need to know, here and among those whom we serve") },
        [TLP_AMBER_STRICT] = { "strict", N_("for those of us alone who need to know") },
        [TLP_RED] = { "red", N_("for the persons alone who were given it") },
    };
    return (MarkLabel){ labels[mark].code, tlp_words[mark], say(language, labels[mark].about) };
}

void mark_field(const WorkRequest *request, Field *field, Tlp lowest)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, TLP_COUNT);
    size_t count = 0;
    Tlp chosen = lowest;
    if (*field->value && !tlp_find(text_of(field->value), &chosen))
        chosen = lowest;
    for (Tlp mark = lowest; mark <= request->ceiling; mark++) {
        const MarkLabel label = mark_label(request->language, mark);
        items[count++] = (Choice){ .code = label.word,
                                   .label = arena_format(request->arena, "TLP:%s – %s", label.word, label.about),
                                   .chosen = mark == chosen };
    }
    field->choices = (Choices){ items, count };
}

bool mark_chosen(WorkRequest *request, Tlp lowest, Tlp *mark)
{
    const char *word = sent(request, "tlp");
    *mark = lowest;
    if (!*word || (tlp_find(text_of(word), mark) && *mark >= lowest && *mark <= request->ceiling))
        return true;
    fault_add(request, "tlp", say(request->language, N_("Please choose one of the marks that are offered.")));
    return false;
}

void mark_offer(const WorkRequest *request, Actions *actions)
{
    const Language *language = request->language;
    WorkForm *form = desk_action(request, actions, "mark", say(language, N_("Change the mark")));
    Field *field = desk_field(
        request, form,
        (FieldPlan){ .name = "tlp", .label = say(language, N_("How confidential it is")), .kind = FIELD_SELECT });
    field->value = *field->value ? field->value : tlp_words[request->mark];
    mark_field(request, field, TLP_CLEAR);
    desk_field(request, form,
               (FieldPlan){ .name = "reason",
                            .label = say(language, N_("Reason, needed to lower it: who allowed it, and when")) });
}

bool mark_sent(const WorkRequest *request, Store *work, MarkOn on, int64_t id, Problem *problem)
{
    const Text reason = text_trim(text_of(sent(request, "reason")));
    MarkWish wish = { .ceiling = request->ceiling, .reason = arena_text(request->arena, reason) };
    const Hand hand = hand_of(request);
    if (!tlp_find(text_of(sent(request, "tlp")), &wish.mark))
        return fail_field(problem, PROBLEM_BAD_INPUT, "tlp", "'%.40s' is no mark of TLP 2.0", sent(request, "tlp"));
    return mark_set(work, &hand, on, id, &wish, problem);
}

bool mark_story(const WorkRequest *request, Store *work, MarkOn on, int64_t id, const char **story, Problem *problem)
{
    MarkDeed last;
    *story = NULL;
    if (!mark_last(request->arena, work, on, id, &last, problem))
        return false;
    if (!last.author)
        return true;
    const char *sentence = last.reason ? N_("{author} changed the mark from TLP:{from} to TLP:{to}, {moment}: {reason}")
                                       : N_("{author} changed the mark from TLP:{from} to TLP:{to}, {moment}");
    *story = say_with(request->arena, request->language, sentence,
                      SLOTS({ "author", last.author }, { "from", tlp_words[last.from] }, { "to", tlp_words[last.to] },
                            { "moment", say_moment(request->arena, request->language, last.at) },
                            { "reason", last.reason ? last.reason : "" }));
    return true;
}
