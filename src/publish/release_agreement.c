#include "publish/release_agreement.h"

#include "domain/coding.h"
#include "stats/agreement.h"

bool release_agreement(Arena *arena, Store *work, const Codebook *codebook, Text *csv, Problem *problem)
{
    CodedPair *pairs;
    Agreement *rows;
    size_t pair_count, count;
    AUTO_OUT out = { 0 };
    if (!coding_pairs(arena, work, CODED_PUBLISHED, &pairs, &pair_count, problem))
        return false;
    agreement_of(arena, codebook, pairs, pair_count, &rows, &count);
    if (!count)
        return true;
    OUT_LITERAL(&out, "period,variable,metric,units,alpha\n");
    for (size_t i = 0; i < count; i++) {
        const char *alpha = isnan(rows[i].alpha) ? "" : arena_format(arena, "%.6f", rows[i].alpha);
        const char *line = arena_format(arena, "%s,%s,%s,%zu,%s\n", rows[i].period, rows[i].variable,
                                        alpha_metrics[rows[i].metric], rows[i].units, alpha);
        out_raw(&out, line, strlen(line));
    }
    *csv = text_of(arena_text(arena, out_view(&out)));
    return true;
}
