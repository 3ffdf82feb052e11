/* Place: where in an HTML document the next character stands.
 *
 * The template compiler walks the template's own HTML with it, so that each value is escaped for the place where it
 * lands. HTML is expected in a strict form: attributes in double quotes, every element but those whose end tag HTML
 * lets out closed in order, no comment, inline script, style or event handler. What is not in this form is an error,
 * because no escaping would be safe or the site's own Content-Security-Policy would refuse it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum Where {
    BETWEEN_TAGS,
    IN_TEXT_ONLY, /* in <title> or <textarea>: text, but no tags */
    IN_TAG,       /* between the attributes of a start tag */
    IN_ATTRIBUTE, /* in the quotes of an attribute */
    IN_BETWEEN    /* anywhere else: names, end tags, the doctype */
} Where;

typedef enum AttributeKind {
    ATTRIBUTE_TEXT,    /* takes any text */
    ATTRIBUTE_WORDS,   /* takes words for people */
    ATTRIBUTE_ADDRESS, /* takes a URL */
    ATTRIBUTE_OTHER    /* nothing is known that would be safe for it */
} AttributeKind;

enum { NAME_SIZE = 32, DEPTH_MAX = 64, VALUE_SIZE = 256, BLOCKS_MAX = 64 };

typedef struct Place {
    enum { TEXT, TAG_START, TAG_NAME, TAG, ATTRIBUTE_NAME, ATTRIBUTE_QUOTE, ATTRIBUTE_VALUE, END_TAG, DOCTYPE } state;
    struct {
        char name[NAME_SIZE];
        bool untranslated; /* translate="no" here or above */
    } open[DEPTH_MAX];     /* elements that are not closed yet, outermost first */
    size_t depth;
    size_t floors[BLOCKS_MAX]; /* depth where each open block of C began: the block may not close what stands below */
    size_t block_depth;
    char name[NAME_SIZE], attribute[NAME_SIZE];
    size_t name_length, attribute_length;
    bool untranslated, closes_itself;
    char value[VALUE_SIZE]; /* what the template itself wrote of the attribute's value so far */
    size_t value_length;
    bool has_value; /* a computed value came before in this attribute */
} Place;

/* Moves past one character; the reason why the HTML is refused, or NULL. `rest` begins at the character. */
const char *place_step(Place *place, const char *rest);

Where place_where(const Place *place);
AttributeKind place_attribute(const Place *place);
/* Whether a value that stands here begins the URL of its attribute; a reason when it would complete the scheme or the
 * host of one that the template began. */
const char *place_address(const Place *place, bool *begins);
bool place_untranslated(const Place *place); /* words here stay as they are in every language */

/* A block of C begins or ends: it must close exactly the elements that it opened. */
const char *place_block_begin(Place *place);
const char *place_block_end(Place *place);
const char *place_end(Place *place); /* at the end of the file */
