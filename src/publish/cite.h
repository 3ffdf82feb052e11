/* Cite: how to name a figure, a page, an incident or the data in somebody else's text, in each form that people use.
 *
 * A citation says as of which moment, and its address answers the same for ever. Every form escapes for its own place:
 * what comes back has to be written by the writer of the place where it then stands (out_text in a page). */
#pragma once

#include "base/out.h"
#include "publish/words.h"

typedef enum CiteKind { CITE_PAGE, CITE_FIGURE, CITE_INCIDENT, CITE_DATA, CITE_KINDS } CiteKind;

typedef struct Citation {
    CiteKind kind;
    const Language *language;
    const char *title;   /* plain text: "Incidents by country, ransomware" */
    const char *key;     /* of BibTeX and CSL: letters, digits, "-"; others are left out */
    const char *address; /* absolute, with as_of */
    const char *author;  /* the register's editors, one body */
    const char *register_name;
    const char *codebook; /* its version */
    const char *licence;  /* "CC BY 4.0" */
    int64_t as_of;        /* moment: also the date of publication */
} Citation;

void cite_plain(Out *out, const Citation *citation);  /* one sentence in the language, plain text */
void cite_bibtex(Out *out, const Citation *citation); /* @misc or @online; TeX's own letters are escaped */
void cite_ris(Out *out, const Citation *citation);    /* lines end with CR LF */
void cite_csl(Out *out, const Citation *citation);    /* CSL-JSON: an array of one */
void cite_meta(Out *out, const Citation *citation);   /* <meta name="citation_..."> for the head of a page */
