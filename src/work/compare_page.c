/* Where two coders of a new incident differ, side by side, for whoever decides between them. */
#include "domain/coding.h"
#include "work/coded.h"

static const char *name_of(const WorkRequest *request, const char *variable)
{
    ValueType type;
    const Variable *known = codebook_claimable(request->bench->site->codebook, text_of(variable), &type);
    return known ? label_in(known->label, request->language->code) : variable;
}

static ComparedPair pair_of(const WorkRequest *request, const Comparison *comparison)
{
    ComparedRow *rows = NEW_ARRAY(request->arena, ComparedRow, comparison->count + 1);
    for (size_t i = 0; i < comparison->count; i++) {
        const CodedVariable *one = &comparison->variables[i];
        rows[i] = (ComparedRow){
            .variable = name_of(request, one->variable), .first = one->first, .second = one->second, .same = one->same
        };
    }
    const Language *language = request->language;
    return (ComparedPair){
        .first = comparison->author,
        .second = comparison->coder,
        .rows = rows,
        .count = comparison->count,
        .sentence = say_with(request->arena, language, N_("{same} of {count} variables are coded alike."),
                             SLOTS({ "same", say_number(request->arena, language, (int64_t)comparison->same) },
                                   { "count", say_number(request->arena, language, (int64_t)comparison->count) })),
    };
}

bool work_compare(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Coded coded;
    Comparison *comparisons;
    ComparePage page = { 0 };
    if (!reader_take(request, &reader, problem) || !coded_find(request, reader.store, &coded, problem) ||
        !coding_compare(request->arena, reader.store, coded.change.id, &comparisons, &page.count, problem))
        return false;
    ComparedPair *pairs = NEW_ARRAY(request->arena, ComparedPair, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        pairs[i] = pair_of(request, &comparisons[i]);
    page.pairs = pairs;
    page.heading = say(request->language, N_("Two codings, side by side"));
    page.back = work_link(request, coded.path);
    page.title = coded.change.title;
    WorkFrame frame = work_frame(request, reply, page.heading);
    compare_html(&reply->body, &frame, &page);
    return true;
}
