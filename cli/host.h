/* cli/host.h: the ways to write a host, and where to go instead. */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "text_list.h"

/* struct host is a place on the network; port 0 is "not said". */
struct host {
	char *name;
	uint16_t port;
	char scheme[16]; /* "imap" of a URL; "": there was none */
};

/*
 * host_read takes host, host:port, [v6]:port, v6, unix:/path and URLs of
 * services that chk_service_find knows, https://host:port/path and others.
 * False: `*why` says why it is none, a sentence after the text. Free
 * `host->name`.
 */
bool host_read(const char *text, struct host *host, const char **why);

/*
 * host_rule_check says whether --connect-to's HOST1:PORT1:HOST2:PORT2 or, with
 * `resolve`, --resolve's HOST:PORT:ADDR[,ADDR] is well formed.
 */
bool host_rule_check(const char *rule, bool resolve);

/*
 * host_connect_to looks for the first rule that meets `host` and gives where
 * it leads. An empty part is any on the left and the same on the right, as
 * with curl. False: none meets.
 */
bool host_connect_to(const struct text_list *rules, const struct host *host,
		     struct host *instead);

/* host_resolve appends the addresses of the first rule that meets `host`. */
void host_resolve(const struct text_list *rules, const struct host *host,
		  struct text_list *addresses);

#endif
