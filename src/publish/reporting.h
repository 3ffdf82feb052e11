/* Reporting: who could know of an incident in a country: the data sets that hold incidents from there, and the public
 * registers of breaches among their sources. */
#pragma once

#include "publish/entity.h"
#include "publish/source.h"

typedef struct PublicRegister {
    SourceFact source;
    const char *country; /* that of the organisations which it names first */
} PublicRegister;

typedef struct Registers {
    const PublicRegister *items;
    size_t count;
} Registers;

/* One for each keeper; at most some hundreds. */
bool reporting_registers(const Reading *reading, Registers *registers, Problem *problem);
/* How many of them are of this country; `first` gets the first one's place. */
size_t registers_of(const Registers *registers, const char *country, const PublicRegister **first);

typedef struct Reporter {
    const char *dataset;
    const View *view; /* its incidents among those that were asked for */
} Reporter;

/* The data sets that hold any of the view's incidents; answers how many. */
size_t reporting_datasets(const Reading *reading, const View *view, const Reporter **reporters);

/* The first `most` of these sources as a table. */
bool source_table(const Reading *reading, const Citations *cited, size_t most, EntitySection *section,
                  Problem *problem);
