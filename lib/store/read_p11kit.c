#include "store/format.h"
#include "base/error.h"
bool chk_read_p11kit(struct chk_store *store, const char *path,
		     const struct chk_store_options *options,
		     struct chk_error *error)
{
	return chk_error_set(error, CHK_ERROR_UNSUPPORTED, path,
			     "not read yet by this version");
}
