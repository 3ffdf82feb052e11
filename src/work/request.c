#include "work/request.h"

#include "work/marked.h"
#include "work/talk.h"
#include "work/writer.h"

const char *sent(const WorkRequest *request, const char *field)
{
    const char *value = form_value(&request->form, field);
    return value ? value : "";
}

void fault_add(WorkRequest *request, const char *field, const char *sentence)
{
    if (request->fault_count < FAULTS_MAX && !fault_of(request, field))
        request->faults[request->fault_count++] = (Fault){ field, sentence };
}

const char *fault_of(const WorkRequest *request, const char *field)
{
    for (size_t i = 0; i < request->fault_count; i++)
        if (strcmp(request->faults[i].field, field) == 0)
            return request->faults[i].sentence;
    return NULL;
}

bool form_again(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const WorkRoute *page = work_route_of("GET", request->route->path);
    if (!page)
        return fail(problem, PROBLEM_BROKEN, "the form of %s has no page", request->route->path);
    out_clear(&reply->body);
    reply->status = 400;
    return marked_answer(page, request, reply, problem);
}

bool go_to(const WorkRequest *request, WorkReply *reply, const char *path)
{
    reply->status = 303;
    reply->location = arena_format(request->arena, "/%s%s", request->language->code, path);
    return true;
}

static bool is_language(const void *languages, Text code)
{
    return language_find(languages, code) != NULL;
}

/* An address of this site's own, of nothing but plain characters. */
static bool leads_inside(const WorkRequest *request, const char *next)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?&=%+-._";
    const char *path = arena_copy(request->arena, next, strcspn(next, "?"));
    return next[strspn(next, plain)] == '\0' &&
           work_route_find("GET", path, is_language, &request->bench->site->languages).route;
}

bool go_to_next(const WorkRequest *request, WorkReply *reply)
{
    const char *next = sent(request, "next");
    if (!leads_inside(request, next))
        return go_to(request, reply, "/");
    reply->status = 303;
    reply->location = next;
    return true;
}

Hand hand_of(const WorkRequest *request)
{
    return (Hand){ .author = request->session.name, .now = request->now };
}

bool reader_take(const WorkRequest *request, Reader *reader, Problem *problem)
{
    *reader = (Reader){ request->bench->work, pool_take(request->bench->work, problem) };
    return reader->store != NULL;
}

void reader_end(Reader *reader)
{
    if (reader->pool)
        pool_give(reader->pool, reader->store);
}

void writer_take(const WorkRequest *request, Writing *writing)
{
    *writing = (Writing){ request->bench->writer, writer_hold(request->bench->writer) };
}

void writer_end(Writing *writing)
{
    if (writing->writer)
        writer_release(writing->writer);
}
