/* cli/option_values.h: the options whose values need more than a copy. */
#ifndef CLI_OPTION_VALUES_H
#define CLI_OPTION_VALUES_H

#include "options.h"

/* All give NULL, or what is wrong, a sentence after the value. */
const char *set_ipv4(struct options *options, const char *value);
const char *set_ipv6(struct options *options, const char *value);
const char *set_connect_to(struct options *options, const char *value);
const char *set_resolve(struct options *options, const char *value);
const char *set_tls_min(struct options *options, const char *value);
const char *set_tls_max(struct options *options, const char *value);
const char *set_connect_timeout(struct options *options, const char *value);
const char *set_max_time(struct options *options, const char *value);
const char *set_aia_timeout(struct options *options, const char *value);
const char *set_aia_allow(struct options *options, const char *value);
const char *set_verify_hostname(struct options *options, const char *value);
const char *set_verify_ip(struct options *options, const char *value);
const char *set_attime(struct options *options, const char *value);
const char *set_purpose(struct options *options, const char *value);
const char *set_client(struct options *options, const char *value);
const char *set_policy(struct options *options, const char *value);
const char *set_profile(struct options *options, const char *value);
const char *set_strength(struct options *options, const char *value);
const char *set_max_depth(struct options *options, const char *value);
const char *set_pass(struct options *options, const char *value);
const char *set_colour(struct options *options, const char *value);
const char *set_as(struct options *options, const char *value);
const char *set_for(struct options *options, const char *value);
const char *set_warning(struct options *options, const char *value);
const char *set_critical(struct options *options, const char *value);
const char *set_fail_on(struct options *options, const char *value);

#endif
