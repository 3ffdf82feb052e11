/* vigie organisation and vigie actor: finding them, their other names, and those that are the same. */
#include "cli/body.h"
#include "cli/desk.h"
#include "domain/finder.h"

enum { FOUND_MOST = 50 };

/* The command begins with its word. */
static ActSubject subject_of(const Call *call)
{
    const Party *actor = party_of(ACT_ACTOR);
    return text_starts(text_of(call->command->name), actor->word) ? ACT_ACTOR : ACT_ORGANISATION;
}

static bool begin(const Call *call, unsigned need, int64_t number, Act *act, Problem *problem)
{
    return desk_begin_act(call, act_upon(subject_of(call), need), number, act, problem);
}

bool run_party_name(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    ActName name = { call->arguments[1], call->arguments[2] };
    act.names = &name;
    act.name_count = 1;
    return desk_number(call, 0, &number, problem) && begin(call, ACT_NAMES, number, &act, problem);
}

/* A file with what the act says beside its reason. */
static bool read_act(const Call *call, const char *path, Act *act, Problem *problem)
{
    Text body;
    return body_read(call, path, &body, problem) && act_read(call->arena, body, act, problem);
}

bool run_party_add(const Call *call, Problem *problem)
{
    Act act;
    return read_act(call, call->arguments[0], &act, problem) && begin(call, ACT_MAKES, 0, &act, problem);
}

bool run_party_split(const Call *call, Problem *problem)
{
    Act act;
    int64_t number;
    return desk_number(call, 0, &number, problem) && read_act(call, call->arguments[1], &act, problem) &&
           begin(call, ACT_PARTS, number, &act, problem);
}

bool run_party_merge(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.into, problem) &&
           begin(call, ACT_INTO, number, &act, problem);
}

bool run_party_undo(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.undoes, problem) &&
           begin(call, ACT_UNDOES, number, &act, problem);
}

static void row_text(Out *out, Arena *arena, const PartyRow *row)
{
    const char *line = arena_format(arena, "%-8lld %-3s %-16s %s\n", (long long)row->id,
                                    row->country ? row->country : "", row->org_type ? row->org_type : "", row->name);
    out_raw(out, line, strlen(line));
}

static void row_json(Out *out, const Party *party, const PartyRow *row)
{
    OUT_LITERAL(out, "{");
    if (party->has & PARTY_PLACED) {
        OUT_LITERAL(out, "\"country\":");
        out_json(out, row->country);
        OUT_LITERAL(out, ",\"org_type\":");
        out_json(out, row->org_type);
        OUT_LITERAL(out, ",");
    }
    OUT_LITERAL(out, "\"name\":");
    out_json(out, row->name);
    OUT_LITERAL(out, ",");
    out_json(out, party->word);
    OUT_LITERAL(out, ":");
    out_int(out, row->id);
    OUT_LITERAL(out, "}");
}

bool run_party_find(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    PartyRows found;
    const Party *party = party_of(subject_of(call));
    bool json = option_given(call, OPTION_JSON);
    AUTO_STORE *published = store_open(call->var, STORE_PUBLIC, READ_ONLY, problem);
    Finder *finder = finder_open(call->arena, party, FIND_ONCE);
    bool read = published && finder_find(finder, call->arena, published,
                                         &(FinderAsked){ call->arguments[0], FOUND_MOST }, &found, problem);
    finder_close(finder);
    if (!read)
        return false;
    if (json) {
        OUT_LITERAL(&out, "{");
        out_json(&out, arena_format(call->arena, "%ss", party->word));
        OUT_LITERAL(&out, ":[");
    }
    for (size_t i = 0; i < found.count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? row_json(&out, party, &found.items[i]) : row_text(&out, call->arena, &found.items[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}
