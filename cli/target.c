/* cli/target.c: from a host on the command line to what is connected to. */
#include "config.h"

#include "target.h"

#include <stdlib.h>

#include "complain.h"

/* The addresses as the library takes them, NULL-ended; free the array. */
static const char **address_array(const struct text_list *addresses)
{
	const char **array = calloc(addresses->count + 1, sizeof(*array));

	if (array == NULL)
		die_of_memory();
	for (size_t i = 0; i < addresses->count; i++)
		array[i] = addresses->items[i];
	return array;
}

bool aim_open(const struct options *options, const char *text, struct aim *aim)
{
	const char *why;

	*aim = (struct aim){ 0 };
	if (!host_read(text, &aim->host, &why)) {
		complain(NULL, "'%s' %s", text, why);
		return false;
	}
	aim->target = (struct chk_target){
		.host = aim->host.name,
		.port = aim->host.port,
		.server_name = options->server_name,
		.no_server_name = options->no_server_name,
		.no_probes = options->no_probes,
		.family = options->family,
		.connect_timeout_ms = options->connect_timeout_ms,
		.total_timeout_ms = options->max_time_ms,
		.tls_min = options->tls_min,
		.tls_max = options->tls_max,
		.priority = options->priority,
	};
	if (host_connect_to(&options->connect_to, &aim->host, &aim->instead)) {
		aim->target.connect_host = aim->instead.name;
		aim->target.connect_port = aim->instead.port;
	}
	host_resolve(&options->resolve, aim->instead.name != NULL ?
			     &aim->instead : &aim->host, &aim->addresses);
	if (aim->addresses.count > 0) {
		aim->array = address_array(&aim->addresses);
		aim->target.addresses = aim->array;
	}
	return true;
}

void aim_close(struct aim *aim)
{
	free(aim->array);
	text_list_free(&aim->addresses);
	free(aim->instead.name);
	free(aim->host.name);
	*aim = (struct aim){ 0 };
}

struct aim *aims_open(const struct options *options)
{
	const struct text_list *hosts = &options->operands;
	struct aim *aims = calloc(hosts->count, sizeof(*aims));

	if (aims == NULL)
		die_of_memory();
	for (size_t i = 0; i < hosts->count; i++) {
		if (!aim_open(options, hosts->items[i], &aims[i])) {
			aims_close(aims, i + 1);
			return NULL;
		}
	}
	return aims;
}

void aims_close(struct aim *aims, size_t count)
{
	for (size_t i = 0; i < count; i++)
		aim_close(&aims[i]);
	free(aims);
}
