#include "work/desk_form.h"

bool coded_find(WorkRequest *request, Coded *coded, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Change *change = &coded->change;
    if (!reader_take(request, &reader, problem) ||
        !change_find(request->arena, reader.store, desk_number_of(request), change, problem))
        return false;
    if (act_find(change->kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no record to code", (long long)change->id);
    coded->path = arena_format(request->arena, "/changes/%lld", (long long)change->id);
    coded->version = change->version;
    return record_read(request->arena, change->body, &coded->record, problem);
}

Choices desk_choices(const WorkRequest *request, const Variable *variable, const char *none, const char *chosen)
{
    size_t count = variable ? variable->value_count : 0;
    Choice *items = NEW_ARRAY(request->arena, Choice, count + 1);
    items[0] = (Choice){ .code = "", .label = none };
    for (size_t i = 0; i < count; i++)
        items[i + 1] = (Choice){ .code = variable->values[i].code,
                                 .label = label_in(variable->values[i].label, request->language->code),
                                 .chosen = strcmp(chosen, variable->values[i].code) == 0 };
    return (Choices){ items, count + 1 };
}

void desk_codes(const WorkRequest *request, WorkForm *form, const char *entity, const char *key, const char *first)
{
    const Variable *variable = codebook_variable_of(request->bench->site->codebook, entity, key);
    Field *field = form_field(request, form,
                              (FieldPlan){ .name = key,
                                           .label = variable ? label_in(variable->label, request->language->code) : key,
                                           .kind = FIELD_SELECT });
    const char *value = sent(request, key);
    field->choices =
        desk_choices(request, variable, say(request->language, N_("Please choose")), *value ? value : first);
}

Field *desk_hidden(const WorkRequest *request, WorkForm *form, const char *name, const char *value)
{
    Field *field = form_field(request, form, (FieldPlan){ .name = name, .kind = FIELD_HIDDEN });
    field->value = value;
    return field;
}

const char *desk_text(const WorkRequest *request, const char *field)
{
    const char *value = sent(request, field);
    return *value ? arena_text(request->arena, text_trim(text_of(value))) : NULL;
}

void desk_need(WorkRequest *request, const char *field)
{
    if (!*sent(request, field))
        fault_add(request, field, say(request->language, N_("Please choose one.")));
}

void desk_day(WorkRequest *request, const char *field, int32_t *day)
{
    Span span;
    const char *text = desk_text(request, field);
    *day = DAY_UNKNOWN;
    if (!text)
        return;
    if (!span_read(text_of(text), &span) || span.first != span.last)
        fault_add(request, field, say(request->language, N_("A day is written as 2021-05-09.")));
    else
        *day = span.first;
}

void desk_source_fields(const WorkRequest *request, WorkForm *form, const char *address)
{
    form_field(request, form, (FieldPlan){ .name = "url", .label = address, .kind = FIELD_TEXT });
    form_field(request, form,
               (FieldPlan){ .name = "title", .label = say(request->language, N_("Its title")), .kind = FIELD_TEXT });
    desk_codes(request, form, "source", "source_type", "");
    desk_codes(request, form, "source", "reliability", "");
}

void desk_read_source(WorkRequest *request, SourceFacts *source)
{
    *source = (SourceFacts){ .url = desk_text(request, "url"),
                             .title = desk_text(request, "title"),
                             .source_type = desk_text(request, "source_type"),
                             .reliability = desk_text(request, "reliability"),
                             .published = DAY_UNKNOWN };
    if (source->url && !text_starts(text_of(source->url), "http://") && !text_starts(text_of(source->url), "https://"))
        fault_add(request, "url", say(request->language, N_("An address begins with https:// or http://.")));
    desk_need(request, "source_type");
    desk_need(request, "reliability");
}
