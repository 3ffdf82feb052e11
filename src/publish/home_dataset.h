/* The home page's data set: see dataset.h. */
#pragma once

#include "publish/dataset.h"
#include "publish/view.h"

const Dataset *home_dataset(const View *view); /* memory: the view's arena */
