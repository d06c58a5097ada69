/* tests/support/two_roots.c: two CAs and a scratch directory, for readers. */
#include "support/test.h"

#include "support/made.h"
#include "support/scratch.h"
#include "support/two_roots.h"

struct chk_cert *one, *two;

int two_roots_begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer_key = 1, .ca = true });
	return scratch_begin(state);
}

int two_roots_end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return scratch_end(state);
}
