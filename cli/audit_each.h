/* cli/audit_each.h: audit --each: each certificate of many by itself. */
#ifndef CLI_AUDIT_EACH_H
#define CLI_AUDIT_EACH_H

#include "exit_status.h"
#include "options.h"

enum exit_status audit_each(const struct options *options);

#endif
