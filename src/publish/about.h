/* About: what a workbook says about itself. */
#pragma once

#include "publish/view.h"
#include "publish/xlsx.h"

/* Of what stands at `path`, which is what follows the language, under the view's filter. Its moment is that of the
 * view's figures; NULL of a view without. Memory: the view's arena. */
XlsxAbout about_view(const View *view, const char *title, const char *path);
