/* glib's headers use a name that base/banned.h forbids, so they come first; MIN and MAX are ours. */
/* clang-format off */
#include <librsvg/rsvg.h>
#undef MIN
#undef MAX

#include "publish/png.h"
/* clang-format on */

#include <dlfcn.h>

#include "base/arena.h"
#include "base/table.h"

enum { WIDTH_MAX = 4096, HEIGHT_MAX = 8192 };

/* What is called of librsvg and of the libraries that it brings. Linked at the start they would triple the time that
 * each command takes to begin. */
#define CALLED(X)                               \
    X(rsvg_handle_new_from_data)                \
    X(rsvg_handle_get_intrinsic_size_in_pixels) \
    X(rsvg_handle_render_document)              \
    X(cairo_create)                             \
    X(cairo_destroy)                            \
    X(cairo_status)                             \
    X(cairo_image_surface_create)               \
    X(cairo_image_surface_get_width)            \
    X(cairo_image_surface_get_height)           \
    X(cairo_surface_destroy)                    \
    X(cairo_surface_write_to_png_stream)        \
    X(g_object_unref)

#define PLACE(name) __typeof__(name) *(name);
#define FIND(name) { #name, &drawing.name },

static struct {
    CALLED(PLACE)
} drawing;
static bool loaded;

bool png_load(void)
{
    static const struct {
        const char *name;
        void *place;
    } calls[] = { CALLED(FIND) };
    void *library = loaded ? NULL : dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL), *found = library;
    for (size_t i = 0; found && i < COUNT_OF(calls); i++) {
        found = dlsym(library, calls[i].name);
        memcpy(calls[i].place, &found, sizeof found); /* C17 has no cast from what dlsym gives to a function */
    }
    loaded = loaded || found;
    return loaded;
}

bool png_offered(void)
{
    return loaded;
}

/* The variables that a style gives its chart: from "--ink:#1c2530" the places of name and value. */
static const Table *read_variables(Arena *arena, Text svg, const char ***values)
{
    Table *names = table_new(arena);
    size_t count = 0, room = 0;
    Text rest = text_slice(svg, 0, text_find(svg, "@media")); /* the variables of light paper stand first */
    for (size_t at; (at = text_find(rest, "--")) < rest.length;) {
        rest = text_slice(rest, at, rest.length);
        size_t colon = text_find(rest, ":"), end = MIN(text_find(rest, ";"), text_find(rest, "}"));
        if (colon < end && colon < text_find(rest, ")")) {
            *values = arena_grow(arena, *values, count, &room, sizeof **values);
            (*values)[count] = arena_text(arena, text_slice(rest, colon + 1, end - colon - 1));
            table_put(names, text_slice(rest, 0, colon), (int64_t)count++);
        }
        rest = text_slice(rest, 2, rest.length);
    }
    return names;
}

/* librsvg knows no var(--name): each becomes its value. */
static void put_without_variables(Arena *arena, Out *out, Text svg)
{
    const char **values = NULL;
    const Table *names = read_variables(arena, svg, &values);
    for (size_t at; (at = text_find(svg, "var(")) < svg.length;) {
        out_raw(out, svg.at, at);
        svg = text_slice(svg, at + 4, svg.length);
        size_t end = text_find(svg, ")");
        int64_t *place = table_get(names, text_slice(svg, 0, end));
        if (values && place)
            out_raw(out, values[*place], strlen(values[*place]));
        svg = text_slice(svg, end + 1, svg.length);
    }
    out_raw(out, svg.length ? svg.at : "", svg.length);
}

static cairo_status_t into_out(void *out, const unsigned char *bytes, unsigned length)
{
    out_raw(out, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool draw(RsvgHandle *handle, cairo_surface_t *surface, Out *out)
{
    RsvgRectangle all = { 0, 0, drawing.cairo_image_surface_get_width(surface),
                          drawing.cairo_image_surface_get_height(surface) };
    cairo_t *cairo = drawing.cairo_create(surface);
    bool fine = drawing.rsvg_handle_render_document(handle, cairo, &all, NULL);
    fine = fine && drawing.cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    drawing.cairo_destroy(cairo);
    return fine && drawing.cairo_surface_write_to_png_stream(surface, into_out, out) == CAIRO_STATUS_SUCCESS;
}

static bool draw_handle(RsvgHandle *handle, int width, Out *out, Problem *problem)
{
    double own_width = 0, own_height = 0;
    if (!drawing.rsvg_handle_get_intrinsic_size_in_pixels(handle, &own_width, &own_height) || own_width < 1 ||
        own_height < 1)
        return fail(problem, PROBLEM_BROKEN, "the picture has no size of its own");
    double height = ceil(own_height * width / own_width);
    if (width < 1 || width > WIDTH_MAX || height < 1 || height > HEIGHT_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a picture may be %d by %d pixels at most", WIDTH_MAX, HEIGHT_MAX);
    cairo_surface_t *surface = drawing.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, (int)height);
    bool fine = draw(handle, surface, out);
    drawing.cairo_surface_destroy(surface);
    return fine || fail(problem, PROBLEM_BROKEN, "the picture cannot be drawn");
}

bool png_of_svg(Text svg, int width, Out *out, Problem *problem)
{
    if (!loaded)
        return fail(problem, PROBLEM_UNAVAILABLE, "librsvg is not installed here; take the SVG");
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT plain = { 0 };
    put_without_variables(arena, &plain, svg);
    RsvgHandle *handle = drawing.rsvg_handle_new_from_data((const guint8 *)plain.text, plain.length, NULL);
    if (!handle)
        return fail(problem, PROBLEM_BROKEN, "the picture is no SVG");
    bool fine = draw_handle(handle, width, out, problem);
    drawing.g_object_unref(handle);
    return fine;
}

bool png_open(Problem *problem)
{
    static const char sample[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\">"
                                 "<text font-family=\"sans-serif\">\xC3\x89"
                                 "a1</text><text font-family=\"sans-serif\" font-weight=\"600\">a1</text></svg>";
    AUTO_OUT out = { 0 };
    return !loaded || png_of_svg((Text){ sample, sizeof sample - 1 }, 90, &out, problem);
}
