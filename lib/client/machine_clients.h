/* lib/client/machine_clients.h: the clients of a machine, together. */
#ifndef CHK_CLIENT_MACHINE_CLIENTS_H
#define CHK_CLIENT_MACHINE_CLIENTS_H

#include <chaincheck/here.h>

#include "client/here.h"

struct chk_machine_clients {
	struct chk_here *items; /* owned */
	size_t count;
};

#endif
