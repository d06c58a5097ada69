/* cli/place.h: whose commands the remedies on this machine use. */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <chaincheck.h>

/* place_here reads ID and ID_LIKE of os-release(5). */
enum chk_place place_here(void);

#endif
